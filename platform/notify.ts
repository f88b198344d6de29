import type { Ctx } from './context.ts';
import { idFrom } from './ids.ts';
import { insertNotice, markRead } from './notice.store.ts';
import { isUrgent, type NoticeKind, noticeKindOf } from './notice_kinds.ts';

/**
 * Word to a person about a thing. `template` is a locale key under `notices.`; `vars` hold nothing that is not shown
 * anyway. Its kind is that of its template unless another is named.
 */
export type Notice = {
  person_id: string;
  template: string;
  vars: Record<string, string | number>;
  subject: { kind: string; id: string };
  kind?: NoticeKind;
  /** True when it is told because of a post: the chat group of the team hears it too. */
  is_for_work?: boolean;
};

/**
 * Writes a notice, once for what it says of its cause (the id of an event or thing) and person, in the transaction of the command. Every minute the
 * workers gather what has waited ten minutes into messages (channels/gather.ts), so that many in a row make one.
 */
export async function notify(ctx: Ctx, notice: Notice, cause_id: string): Promise<void> {
  const kind = notice.kind ?? noticeKindOf(notice.template);
  const cause = causeOf(notice.template, cause_id);
  const id = noticeId(cause, notice.person_id);
  await insertNotice(ctx, { ...notice, id, cause_id: cause, kind, is_urgent: isUrgent(kind, ctx.community) });
}

/** What these people were told of a cause asks nothing of them any more: it counts as read, and is not sent if it was not yet. */
export async function settleNotices(ctx: Ctx, template: string, cause_id: string, person_ids: string[]): Promise<void> {
  const cause = causeOf(template, cause_id);
  await markRead(
    ctx,
    person_ids.map((person_id) => noticeId(cause, person_id)),
  );
}

const causeOf = (template: string, cause_id: string) => idFrom('cause', cause_id, template);
const noticeId = (cause: string, person_id: string) => idFrom('notice', cause, person_id);
