import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { boxOf } from './ballot.ts';
import type { LockedRound } from './venture_round.store.ts';

export type PaperEntry = { entered_by_id: string; proposals: number[]; is_counted: boolean };

/** What was typed in from one paper ballot, by whom. */
export async function entriesOf(ctx: Ctx, roundId: string, codeHash: string): Promise<PaperEntry[]> {
  return ctx.tx
    .selectFrom('paper_entries')
    .select(['entered_by_id', 'proposals', 'is_counted'])
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('code_hash', '=', codeHash)
    .execute();
}

/** Writes what somebody read on a paper ballot; whoever reads again replaces their own reading. */
export async function writeEntry(
  ctx: Ctx,
  round: Pick<LockedRound, 'id' | 'box_salt'>,
  codeHash: string,
  proposals: number[],
): Promise<void> {
  const seal = boxOf(ctx.keys, round)?.seal(codeHash, readingOf(ctx.actor.id, proposals)) ?? '';
  await sql`
    insert into paper_entries (community_id, round_id, code_hash, entered_by_id, proposals, seal)
    values (${ctx.community.id}, ${round.id}, ${codeHash}, ${ctx.actor.id}, ${proposals}::int[], ${seal})
    on conflict (community_id, round_id, code_hash, entered_by_id)
      do update set proposals = excluded.proposals, seal = excluded.seal`.execute(ctx.tx);
}

/** What is sealed of a reading: who read it, and what. */
export const readingOf = (entered_by_id: string, proposals: readonly number[]): string =>
  `${entered_by_id} ${proposals.join()}`;

export async function countPaper(ctx: Ctx, roundId: string, codeHash: string): Promise<void> {
  await ctx.tx
    .updateTable('paper_entries')
    .set({ is_counted: true })
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('code_hash', '=', codeHash)
    .execute();
}

export type Papers = { counted: number; waiting: number; differing: number };

/** Paper ballots of a round: counted, read by one person so far, and read differently by two. */
export async function papersOf(ctx: Ctx, roundId: string): Promise<Papers> {
  const { rows } = await sql<Papers>`
    select (count(*) filter (where is_counted))::int as counted,
      (count(*) filter (where not is_counted and readers = 1))::int as waiting,
      (count(*) filter (where not is_counted and readers > 1))::int as differing
    from (select bool_or(is_counted) as is_counted, count(*) as readers from paper_entries
      where community_id = ${ctx.community.id} and round_id = ${roundId} group by code_hash) one`.execute(ctx.tx);
  return rows[0]!;
}
