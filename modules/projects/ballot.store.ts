import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { boxOf, type KeptBallot, type PublishedBallot } from './ballot.ts';
import type { LockedRound } from './venture_round.store.ts';

export type Channel = 'online' | 'assisted' | 'paper';

/** Writes that somebody votes, once: false when they are on the roll already, also when that happens at this very moment. */
export async function enterRoll(ctx: Ctx, roundId: string, personId: string, channel: Channel): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into voter_roll (community_id, round_id, person_id, channel)
    values (${ctx.community.id}, ${roundId}, ${personId}, ${channel}) on conflict do nothing`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

export async function isOnRoll(ctx: Ctx, roundId: string, personId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('voter_roll')
    .select('channel')
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function isInBox(ctx: Ctx, roundId: string, codeHash: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('ballots')
    .select('code_hash')
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return row !== undefined;
}

type OpenBox = Pick<LockedRound, 'id' | 'box_salt'>;

/** Puts a ballot into the box, sealed. */
export async function putBallot(ctx: Ctx, round: OpenBox, { code_hash, proposals }: KeptBallot): Promise<void> {
  const seal = boxOf(ctx.keys, round)?.seal(code_hash, proposals.join());
  await ctx.tx
    .insertInto('ballots')
    .values({ community_id: ctx.community.id, round_id: round.id, code_hash, proposals, seal })
    .execute();
}

/** Replaces what a ballot says, and keeps that the seal it had is past; false when there is none of this code. */
export async function replaceBallot(ctx: Ctx, round: OpenBox, { code_hash, proposals }: KeptBallot): Promise<boolean> {
  const known = await ctx.tx
    .selectFrom('ballots')
    .select('seal')
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', round.id)
    .where('code_hash', '=', code_hash)
    .forUpdate()
    .executeTakeFirst();
  if (!known) return false;
  const box = boxOf(ctx.keys, round);
  await ctx.tx
    .updateTable('ballots')
    .set({ proposals, seal: box?.seal(code_hash, proposals.join()) })
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', round.id)
    .where('code_hash', '=', code_hash)
    .execute();
  if (box)
    await ctx.tx
      .insertInto('replaced_ballots')
      .values({
        ...{ community_id: ctx.community.id, round_id: round.id },
        ...{ seal: known.seal, proof: box.proofOfReplaced(known.seal) },
      })
      .execute();
  return true;
}

export type Turnout = { voters: number; online: number; assisted: number; papers_given: number; ballots: number };

/** How many voted and how, and how many ballots there are: in the box, or published once the round is closed. */
export async function turnoutOf(ctx: Ctx, roundId: string): Promise<Turnout> {
  const { rows } = await sql<Turnout>`
    select count(*)::int as voters,
      (count(*) filter (where channel = 'online'))::int as online,
      (count(*) filter (where channel = 'assisted'))::int as assisted,
      (count(*) filter (where channel = 'paper'))::int as papers_given,
      (select count(*)::int from ballots b where b.community_id = ${ctx.community.id} and b.round_id = ${roundId})
        + (select count(*)::int from published_ballots b where b.community_id = ${ctx.community.id} and b.round_id = ${roundId}) as ballots
    from voter_roll where community_id = ${ctx.community.id} and round_id = ${roundId}`.execute(ctx.tx);
  return rows[0]!;
}

/** Every ballot of the box in the order of its hash, which says nothing about when it came in. */
export async function ballotsOf(ctx: Ctx, roundId: string): Promise<KeptBallot[]> {
  return ctx.tx
    .selectFrom('ballots')
    .select(['code_hash', 'proposals'])
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .orderBy('code_hash')
    .execute();
}

/** Empties box and papers of a round: what was voted stands in the published ballots, in another order. */
export async function emptyBox(ctx: Ctx, roundId: string): Promise<void> {
  for (const table of ['ballots', 'replaced_ballots', 'paper_entries'] as const)
    await ctx.tx
      .deleteFrom(table)
      .where('community_id', '=', ctx.community.id)
      .where('round_id', '=', roundId)
      .execute();
}

const ROWS_AT_ONCE = 5_000;

export async function publishBallots(ctx: Ctx, roundId: string, ballots: readonly PublishedBallot[]): Promise<void> {
  for (let from = 0; from < ballots.length; from += ROWS_AT_ONCE) {
    const rows = ballots.slice(from, from + ROWS_AT_ONCE);
    await sql`
      insert into published_ballots (community_id, round_id, code_hash, ballot, outcome)
      select ${ctx.community.id}, ${roundId}, * from unnest(${rows.map((one) => one.code_hash)}::text[],
        ${rows.map((one) => one.ballot)}::text[], ${rows.map((one) => JSON.stringify(one.outcome))}::jsonb[])`.execute(
      ctx.tx,
    );
  }
}

export async function publishedBallot(
  ctx: Ctx,
  roundId: string,
  codeHash: string,
): Promise<PublishedBallot | undefined> {
  const row = await ctx.tx
    .selectFrom('published_ballots')
    .select(['code_hash', 'ballot', 'outcome'])
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return row as PublishedBallot | undefined;
}
