import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { BallotKind } from './motion.ts';
import { boxOf, type Counts, type Option, type Result, type Tally } from './vote.ts';

export type VoteEvent = {
  id: string;
  meeting_id: string;
  motion_id: string;
  ballot: BallotKind;
  opened_at: Date;
  closed_at: Date | null;
  result: Result | null;
  counts: Counts | null;
};

const COLUMNS = ['id', 'meeting_id', 'motion_id', 'ballot', 'opened_at', 'closed_at', 'result', 'counts'] as const;
const from = (ctx: Ctx) =>
  ctx.tx.selectFrom('vote_events').select(COLUMNS).where('community_id', '=', ctx.community.id);

export const findVoteEvent = (ctx: Ctx, id: string) =>
  from(ctx).where('id', '=', id).executeTakeFirst() as Promise<VoteEvent | undefined>;

export const voteEventsIn = (ctx: Ctx, meeting_id: string) =>
  from(ctx).where('meeting_id', '=', meeting_id).orderBy('opened_at').orderBy('id').execute() as Promise<VoteEvent[]>;

/** Writes that a vote is open, with the salt that the seals of its ballots are made with when it is secret. */
export async function insertVoteEvent(
  ctx: Ctx,
  event: Pick<VoteEvent, 'id' | 'meeting_id' | 'motion_id' | 'ballot'> & OpenBox,
): Promise<void> {
  await ctx.tx
    .insertInto('vote_events')
    .values({ ...event, community_id: ctx.community.id, opened_at: ctx.now })
    .execute();
}

export async function closeVoteEvent(ctx: Ctx, id: string, result: Result, counts: Counts): Promise<void> {
  await ctx.tx
    .updateTable('vote_events')
    .set({ closed_at: ctx.now, box_salt: null, result, counts: JSON.stringify(counts) })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export type Vote = { vote_event_id: string; person_id: string; option: Option; recorded_by_id: string };

/** Writes how somebody votes in the open, once: false when they have voted, also when that happens at this very moment. */
export async function insertVote(ctx: Ctx, { vote_event_id, person_id, option }: Omit<Vote, 'recorded_by_id'>) {
  const { numAffectedRows } = await sql`
    insert into votes (community_id, vote_event_id, person_id, option, cast_at, recorded_by_id)
    values (${ctx.community.id}, ${vote_event_id}, ${person_id}, ${option}, ${ctx.now}, ${ctx.actor.id})
    on conflict do nothing`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

export async function votesIn(ctx: Ctx, meeting_id: string): Promise<Vote[]> {
  const { rows } = await sql<Vote>`
    select v.vote_event_id, v.person_id, v.option, v.recorded_by_id from votes v
    join vote_events e on e.community_id = v.community_id and e.id = v.vote_event_id
    where v.community_id = ${ctx.community.id} and e.meeting_id = ${meeting_id} order by v.cast_at, v.person_id`.execute(
    ctx.tx,
  );
  return rows;
}

/** How somebody voted in secret: by their own device, with somebody's help, on paper that two people read. */
export type Channel = 'online' | 'assisted' | 'paper';

/** Writes that somebody votes in secret, once: false when they are on the roll already. */
export async function enterRoll(
  ctx: Ctx,
  vote_event_id: string,
  person_id: string,
  channel: Channel,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into vote_roll (community_id, vote_event_id, person_id, channel)
    values (${ctx.community.id}, ${vote_event_id}, ${person_id}, ${channel}) on conflict do nothing`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

export type OpenBox = { id: string; box_salt: string | null };

/** The salt of a vote that is open, held against nothing: whoever votes holds the meeting. */
export async function boxSaltOf(ctx: Ctx, id: string): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom('vote_events')
    .select('box_salt')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.box_salt ?? null;
}

/** Puts a ballot into the box, sealed while it is open. */
export async function putBallot(ctx: Ctx, vote: OpenBox, { code_hash, option }: Ballot): Promise<void> {
  const seal = boxOf(ctx.keys, vote)?.seal(code_hash, option);
  await ctx.tx
    .insertInto('vote_ballots')
    .values({ community_id: ctx.community.id, vote_event_id: vote.id, code_hash, option, seal })
    .execute();
}

/** Who has voted so far: of a secret vote who, never what. */
export async function votersOf(ctx: Ctx, { id, ballot }: Pick<VoteEvent, 'id' | 'ballot'>): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom(ballot === 'open' ? 'votes' : 'vote_roll')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', id)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

type RollLine = { vote_event_id: string; person_id: string; channel: Channel };

/** Who voted in the secret votes of a meeting, in the order of their id, which says nothing about when. */
export async function rollIn(ctx: Ctx, meeting_id: string): Promise<RollLine[]> {
  const { rows } = await sql<RollLine>`
    select r.vote_event_id, r.person_id, r.channel from vote_roll r join vote_events e on e.community_id = r.community_id and e.id = r.vote_event_id
    where r.community_id = ${ctx.community.id} and e.meeting_id = ${meeting_id} order by r.person_id`.execute(ctx.tx);
  return rows;
}

/** Who voted on paper. */
export async function paperVotersOf(ctx: Ctx, vote_event_id: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('vote_roll')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', vote_event_id)
    .where('channel', '=', 'paper')
    .execute();
  return rows.map((row) => row.person_id);
}

/** How the votes of an event are spread, by its rows. */
export async function tallyOf(ctx: Ctx, { id, ballot }: Pick<VoteEvent, 'id' | 'ballot'>): Promise<Tally> {
  const { rows } = await sql<{ option: Option; count: number }>`
    select option, count(*)::int as count from ${sql.table(ballot === 'open' ? 'votes' : 'vote_ballots')}
    where community_id = ${ctx.community.id} and vote_event_id = ${id} group by option`.execute(ctx.tx);
  const tally: Tally = { yes: 0, no: 0, abstain: 0 };
  for (const { option, count } of rows) tally[option] = count;
  return tally;
}

export type Ballot = { code_hash: string; option: Option };

export async function ballotsOf(ctx: Ctx, vote_event_id: string): Promise<Ballot[]> {
  return ctx.tx
    .selectFrom('vote_ballots')
    .select(['code_hash', 'option'])
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', vote_event_id)
    .orderBy('code_hash')
    .execute() as Promise<Ballot[]>;
}

/**
 * Writes the ballots of a closed vote anew in the order of their hash, without their seals: neither the order nor the transaction of a row
 * then tells who cast it.
 */
export async function shuffleBallots(ctx: Ctx, vote_event_id: string): Promise<Ballot[]> {
  const ballots = await ballotsOf(ctx, vote_event_id);
  await ctx.tx
    .deleteFrom('vote_ballots')
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', vote_event_id)
    .execute();
  for (const ballot of ballots) await putBallot(ctx, { id: vote_event_id, box_salt: null }, ballot);
  return ballots;
}
