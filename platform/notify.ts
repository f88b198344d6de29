import type { Ctx } from './context.ts';
import { idFrom } from './ids.ts';
import { enqueue } from './jobs.ts';
import { insertNotice } from './notice.store.ts';

export { deliver } from './deliver.ts';

/** Word to a person about a thing. `template` is a locale key under `notices.`; `vars` hold nothing that is not shown anyway. */
export type Notice = {
  person_id: string;
  template: string;
  vars: Record<string, string | number>;
  subject: { kind: string; id: string };
};

/** Several words within this time go out as one message. */
const GROUP_MINUTES = 10;

/**
 * Writes a notice, once for its cause (the id of an event), and asks for it to be delivered after a while together with
 * others. The first notice of a group sets the time, so that many in a row cannot put the message off for ever.
 */
export async function notify(ctx: Ctx, notice: Notice, cause_id: string): Promise<void> {
  const { person_id, template } = notice;
  await insertNotice(ctx, { id: idFrom('notice', cause_id, person_id, template), ...notice });
  enqueue(ctx, {
    task: 'deliver',
    payload: { person_id },
    run_at: new Date(ctx.now.getTime() + GROUP_MINUTES * 60_000),
    key: deliveryKey(ctx.community.id, person_id),
    keeps_first_run_at: true,
  });
}

/** One waiting delivery job a person. */
function deliveryKey(communityId: string, personId: string): string {
  return `deliver/${communityId}/${personId}`;
}
