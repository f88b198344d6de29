import type { Ctx } from './context.ts';

/** A past fact about one subject. `data` must hold no personal text: it is published to webhooks and kept for ever. */
export type NewEvent = {
  kind: string;
  subject_kind: string;
  subject_id: string;
  data?: Record<string, unknown>;
};

export type Event = Required<NewEvent> & {
  community_id: string;
  id: string;
  at: Date;
  actor_id: string;
  on_behalf_of_id: string | null;
  command_id: string;
};

/** Puts a fact into the journal, written with the receipt of the command it belongs to. */
export function record(
  ctx: Ctx,
  kind: string,
  subject: { kind: string; id: string },
  data: Record<string, unknown> = {},
): void {
  ctx.events.push({ kind, subject_kind: subject.kind, subject_id: subject.id, data });
}

/** Remembers that `from` led to `to`; the journey of a thing is read along these. Repeating it changes nothing. */
export async function link(
  ctx: Ctx,
  from: { kind: string; id: string },
  relation: string,
  to: { kind: string; id: string },
): Promise<void> {
  await ctx.tx
    .insertInto('links')
    .values({
      community_id: ctx.community.id,
      from_kind: from.kind,
      from_id: from.id,
      relation,
      to_kind: to.kind,
      to_id: to.id,
      at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
