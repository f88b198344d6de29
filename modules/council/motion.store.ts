import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { type Motion, type MotionStep, type MotionText, motionAfter } from './motion.ts';

const COLUMNS = [
  ...(['id', 'meeting_id', 'agenda_item_id', 'number', 'amends_id', 'amends_version', 'title', 'majority'] as const),
  ...([
    'ballot',
    'state',
    'moved_by_id',
    'moved_at',
    'seconded_by_id',
    'seconded_at',
    'decided_at',
    'version',
  ] as const),
] as const;

const from = (ctx: Ctx) => ctx.tx.selectFrom('motions').select(COLUMNS).where('community_id', '=', ctx.community.id);

export const findMotion = (ctx: Ctx, id: string) =>
  from(ctx).where('id', '=', id).executeTakeFirst() as Promise<Motion | undefined>;

export const motionsIn = (ctx: Ctx, meeting_id: string) =>
  from(ctx).where('meeting_id', '=', meeting_id).orderBy('number').limit(500).execute() as Promise<Motion[]>;

export type NewMotion = Omit<
  Motion,
  'number' | 'moved_at' | 'seconded_by_id' | 'seconded_at' | 'decided_at' | 'version'
>;

export async function insertMotion(ctx: Ctx, motion: NewMotion): Promise<number> {
  const row = await ctx.tx
    .insertInto('motions')
    .values((e) => ({
      ...{ ...motion, community_id: ctx.community.id, moved_at: ctx.now },
      // The meeting is locked, so the next number is nobody else's.
      number: e
        .selectFrom('motions as m')
        .select(sql<number>`coalesce(max(m.number), 0) + 1`.as('next'))
        .where('m.community_id', '=', ctx.community.id)
        .where('m.meeting_id', '=', motion.meeting_id),
    }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

type MotionChanges = Partial<Pick<Motion, 'seconded_by_id' | 'seconded_at' | 'decided_at'>>;

/** Takes one step of a motion's life: asks the table, changes the row. The only way its state changes. */
export async function stepMotion(
  ctx: Ctx,
  motion: Motion,
  step: MotionStep,
  changes: MotionChanges = {},
): Promise<void> {
  const state =
    motionAfter(motion.state, step) ?? refuse('motion_step_impossible', {}, { kind: 'motion', id: motion.id });
  await ctx.tx
    .updateTable('motions')
    .set({ ...changes, state, version: motion.version + 1 })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', motion.id)
    .execute();
  Object.assign(motion, changes, { state, version: motion.version + 1 });
}

export async function insertText(
  ctx: Ctx,
  text: Pick<MotionText, 'motion_id' | 'version' | 'text' | 'amendment_id'>,
): Promise<void> {
  await ctx.tx
    .insertInto('motion_texts')
    .values({ ...text, community_id: ctx.community.id, written_at: ctx.now, written_by_id: ctx.actor.id })
    .execute();
}

/** The texts of the motions of a meeting, each motion's latest first. */
export async function textsIn(ctx: Ctx, meeting_id: string): Promise<MotionText[]> {
  const { rows } = await sql<MotionText>`
    select t.motion_id, t.version, t.text, t.written_at, t.amendment_id from motion_texts t
    join motions m on m.community_id = t.community_id and m.id = t.motion_id
    where t.community_id = ${ctx.community.id} and m.meeting_id = ${meeting_id} order by t.motion_id, t.version desc`.execute(
    ctx.tx,
  );
  return rows;
}

export async function textsOf(ctx: Ctx, motion_id: string): Promise<MotionText[]> {
  return ctx.tx
    .selectFrom('motion_texts')
    .select(['motion_id', 'version', 'text', 'written_at', 'amendment_id'])
    .where('community_id', '=', ctx.community.id)
    .where('motion_id', '=', motion_id)
    .orderBy('version', 'desc')
    .execute();
}

export type Interest = {
  id: string;
  agenda_item_id: string;
  motion_id: string | null;
  person_id: string;
  reason: string;
  declared_at: Date;
};

export async function interestsIn(ctx: Ctx, meeting_id: string): Promise<Interest[]> {
  return ctx.tx
    .selectFrom('declared_interests')
    .select(['id', 'agenda_item_id', 'motion_id', 'person_id', 'reason', 'declared_at'])
    .where('community_id', '=', ctx.community.id)
    .where('meeting_id', '=', meeting_id)
    .orderBy('declared_at')
    .orderBy('id')
    .execute();
}

export async function insertInterest(
  ctx: Ctx,
  interest: Omit<Interest, 'declared_at'> & { meeting_id: string },
): Promise<void> {
  await ctx.tx
    .insertInto('declared_interests')
    .values({ ...interest, community_id: ctx.community.id, declared_at: ctx.now, recorded_by_id: ctx.actor.id })
    .execute();
}

/** Motions that grew from a thing or that it led to, as the links say. */
export async function motionsLinkedWith(ctx: Ctx, thing: { kind: string; id: string }) {
  const { rows } = await sql<Pick<Motion, 'id' | 'meeting_id' | 'number' | 'title' | 'state'> & { relation: string }>`
    select m.id, m.meeting_id, m.number, m.title, m.state, l.relation from links l join motions m on m.community_id = l.community_id
      and m.id = case when l.to_kind = 'motion' then l.to_id else l.from_id end
    where l.community_id = ${ctx.community.id}
      and ((l.from_kind = ${thing.kind} and l.from_id = ${thing.id} and l.to_kind = 'motion')
        or (l.to_kind = ${thing.kind} and l.to_id = ${thing.id} and l.from_kind = 'motion'))
    order by l.at limit 20`.execute(ctx.tx);
  return rows;
}

export type Link = { motion_id: string; relation: string; kind: string; id: string; is_from: boolean };

/** What the motions of a meeting came from and what came of them. */
export async function linksIn(ctx: Ctx, meeting_id: string): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select m.id as motion_id, l.relation, l.from_kind as kind, l.from_id as id, true as is_from from motions m
      join links l on l.community_id = m.community_id and l.to_kind = 'motion' and l.to_id = m.id
      where m.community_id = ${ctx.community.id} and m.meeting_id = ${meeting_id}
    union all
    select m.id, l.relation, l.to_kind, l.to_id, false from motions m
      join links l on l.community_id = m.community_id and l.from_kind = 'motion' and l.from_id = m.id
      where m.community_id = ${ctx.community.id} and m.meeting_id = ${meeting_id}
    limit 500`.execute(ctx.tx);
  return rows;
}
