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

export async function correctionsOf(ctx: Ctx, personId?: string) {
  let select = ctx.tx.selectFrom('corrections').select(COLUMNS).where('community_id', '=', ctx.community.id);
  select = personId ? select.where('person_id', '=', personId) : select.where('state', '=', 'asked');
  const rows = await select.orderBy('asked_at', 'desc').limit(200).execute();
  return rows.map(({ proposed_sealed, ...row }) => ({
    ...row,
    proposed: open(ctx.keys, sealedPlace.correction(row.id), proposed_sealed),
  }));
}

export async function lockCorrection(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('corrections')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, proposed: open(ctx.keys, sealedPlace.correction(row.id), row.proposed_sealed) };
}

export async function settleCorrection(ctx: Ctx, id: string, state: 'made' | 'refused', decision_reason: string) {
  await ctx.tx
    .updateTable('corrections')
    .set({ state, decision_reason, decided_at: ctx.now, decided_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
