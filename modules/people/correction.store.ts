import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { sealedPlace } from './person.ts';

export async function insertCorrection(
  ctx: Ctx,
  correction: { id: string; person_id: string; field: string; proposed: string; reason: string },
) {
  const { proposed, ...rest } = correction;
  await ctx.tx
    .insertInto('corrections')
    .values({
      ...rest,
      community_id: ctx.community.id,
      proposed_sealed: seal(ctx.keys, sealedPlace.correction(correction.id), proposed),
      state: 'asked',
      asked_at: ctx.now,
    })
    .execute();
}

const COLUMNS = [
  'id',
  'person_id',
  'field',
  'proposed_sealed',
  'reason',
  'state',
  'asked_at',
  'decided_at',
  'decision_reason',
] as const;

const corrections = (ctx: Ctx) =>
  ctx.tx.selectFrom('corrections').select(COLUMNS).where('community_id', '=', ctx.community.id);

function opened<Row extends { id: string; proposed_sealed: Buffer }>(ctx: Ctx, { proposed_sealed, ...row }: Row) {
  return { ...row, proposed: open(ctx.keys, sealedPlace.correction(row.id), proposed_sealed) };
}

/** What somebody asked to correct, newest first. */
export async function correctionsOf(ctx: Ctx, personId: string) {
  const rows = await corrections(ctx)
    .where('person_id', '=', personId)
    .orderBy('asked_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => opened(ctx, row));
}

/** Corrections that wait for a decision, the longest waiting first; `after` is the last id of the page before. */
export async function waitingCorrections(ctx: Ctx, limit: number, after?: string) {
  let select = corrections(ctx).where('state', '=', 'asked');
  if (after)
    select = select.where(
      sql<boolean>`(asked_at, id) > (select a.asked_at, a.id from corrections a
        where a.community_id = ${ctx.community.id} and a.id = ${after})`,
    );
  const rows = await select.orderBy('asked_at').orderBy('id').limit(limit).execute();
  return rows.map((row) => opened(ctx, row));
}

export async function countWaitingCorrections(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from corrections where community_id = ${ctx.community.id} and state = 'asked'`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}

export async function lockCorrection(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('corrections')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && opened(ctx, row);
}

export async function settleCorrection(ctx: Ctx, id: string, state: 'made' | 'refused', decision_reason: string) {
  await ctx.tx
    .updateTable('corrections')
    .set({ state, decision_reason, decided_at: ctx.now, decided_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
