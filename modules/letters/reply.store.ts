import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';

const placeOf = (id: string) => `letter_replies/text/${id}`;

export async function insertReply(
  ctx: Ctx,
  reply: { id: string; letter_id: string; visit_id: string | null; text: string | null },
): Promise<void> {
  const { text, ...rest } = reply;
  await ctx.tx
    .insertInto('letter_replies')
    .values({
      ...rest,
      community_id: ctx.community.id,
      text_sealed: text ? seal(ctx.keys, placeOf(reply.id), text) : null,
      received_at: ctx.now,
      recorded_by_id: ctx.actor.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A reply, opened and locked, with the door it came from. */
export async function lockReply(ctx: Ctx, id: string) {
  const { rows } = await sql<{ answered_at: Date | null; text_sealed: Buffer | null; household_id: string }>`
    select r.answered_at, r.text_sealed, l.household_id
    from letter_replies r join letters l on l.community_id = r.community_id and l.id = r.letter_id
    where r.community_id = ${ctx.community.id} and r.id = ${id} for update of r`.execute(ctx.tx);
  const [row] = rows;
  if (!row) return undefined;
  const { text_sealed, ...reply } = row;
  return { ...reply, text: text_sealed ? open(ctx.keys, placeOf(id), text_sealed) : null };
}

export async function writeReplyText(ctx: Ctx, id: string, text: string): Promise<void> {
  await ctx.tx
    .updateTable('letter_replies')
    .set({ text_sealed: seal(ctx.keys, placeOf(id), text) })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function writeAnswer(ctx: Ctx, id: string, answer: string, request_id: string | null): Promise<void> {
  await ctx.tx
    .updateTable('letter_replies')
    .set({ answer, request_id, answered_at: ctx.now, answered_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export type Reply = {
  id: string;
  letter_id: string;
  household_id: string;
  text: string | null;
  received_at: Date;
  answer: string | null;
  answered_at: Date | null;
  request_number: number | null;
  building_names: Record<string, string>;
  unit: number;
  door: string;
};

/** Replies with their words: those that wait for an answer first, or those of some households. */
export async function repliesWith(
  ctx: Ctx,
  where: { state: 'waiting' | 'answered' } | { household_ids: string[] },
  page: { offset: number; limit: number },
): Promise<{ replies: Reply[]; count: number }> {
  const condition =
    'state' in where
      ? where.state === 'waiting'
        ? sql`r.answered_at is null`
        : sql`r.answered_at is not null`
      : sql`l.household_id = any (${where.household_ids}::uuid[])`;
  const { rows } = await sql<Omit<Reply, 'text'> & { text_sealed: Buffer | null; count: number }>`
    select r.id, r.letter_id, l.household_id, r.text_sealed, r.received_at, r.answer, r.answered_at, q.number as request_number,
      b.names as building_names, h.unit, h.door, count(*) over ()::int as count
    from letter_replies r join letters l on l.community_id = r.community_id and l.id = r.letter_id
      join households h on h.community_id = l.community_id and h.id = l.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
      left join requests q on q.community_id = r.community_id and q.id = r.request_id
    where r.community_id = ${ctx.community.id} and ${condition}
    order by r.received_at, r.id offset ${page.offset} limit ${page.limit}`.execute(ctx.tx);
  return {
    replies: rows.map(({ text_sealed, count: _count, ...reply }) => ({
      ...reply,
      text: text_sealed ? open(ctx.keys, placeOf(reply.id), text_sealed) : null,
    })),
    count: rows[0]?.count ?? 0,
  };
}
