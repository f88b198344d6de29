import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { sealOfStep } from './project_history.ts';
import type { Proposal, ProposalState, ProposalStep } from './proposal.ts';

type Row = Omit<Proposal, 'asked_fen' | 'reviewed_fen'> & {
  asked_fen: string | number;
  reviewed_fen: string | number | null;
};
export type ListedProposal = Proposal & { sponsors: number };

const amounts = <T extends Row>(row: T) => ({
  ...row,
  asked_fen: Number(row.asked_fen),
  reviewed_fen: row.reviewed_fen === null ? null : Number(row.reviewed_fen),
});

const COLUMNS =
  sql.raw(`p.id, p.round_id, p.number, p.pabulib_id, p.proposer_id, p.organisation_id, p.title, p.summary, p.body, p.category,
  p.asked_fen, p.reviewed_fen, p.state, p.merged_into_id, p.created_at, p.version`);

export async function findProposal(ctx: Ctx, id: string, lock = false): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from proposals p where p.community_id = ${ctx.community.id} and p.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(ctx.tx);
  return rows[0] && amounts(rows[0]);
}

export type ProposalFilter = {
  states?: readonly ProposalState[];
  category?: string;
  words?: string;
  after?: number;
  limit: number;
};

/** Proposals of a round by their number, page by page, each with how many neighbours stand by it. */
export async function proposalsBy(ctx: Ctx, roundId: string, by: ProposalFilter): Promise<ListedProposal[]> {
  const like = by.words ? `%${by.words.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<Row & { sponsors: number }>`
    select ${COLUMNS}, (select count(*)::int from proposal_sponsors s where s.community_id = p.community_id and s.proposal_id = p.id) as sponsors
    from proposals p
    where p.community_id = ${ctx.community.id} and p.round_id = ${roundId}
      and (${by.states ?? null}::text[] is null or p.state = any (${by.states ?? null}::text[]))
      and (${by.category ?? null}::text is null or p.category = ${by.category ?? null})
      and (${like}::text is null or p.title ilike ${like} or p.summary ilike ${like})
      and p.number > ${by.after ?? 0}
    order by p.number limit ${by.limit}`.execute(ctx.tx);
  return rows.map(amounts) as ListedProposal[];
}

type NewProposal = Omit<
  Proposal,
  'number' | 'pabulib_id' | 'created_at' | 'version' | 'merged_into_id' | 'reviewed_fen'
> & {
  pabulib_id?: string;
  reviewed_fen?: number | null;
};

/** Writes a proposal under the next number of its round; the round is locked by the caller, so numbers have no gaps. */
export async function insertProposal(ctx: Ctx, one: NewProposal): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into proposals (community_id, id, round_id, number, pabulib_id, proposer_id, organisation_id, title, summary, body, category,
      asked_fen, reviewed_fen, state, created_at)
    select ${ctx.community.id}, ${one.id}, ${one.round_id}, next, coalesce(${one.pabulib_id ?? null}::text, next::text), ${one.proposer_id}::uuid, ${one.organisation_id}::uuid,
      ${one.title}, ${one.summary}, ${one.body}, ${one.category}, ${one.asked_fen}::bigint, ${one.reviewed_fen ?? null}::bigint, ${one.state}, ${ctx.now}
    from (select coalesce(max(number), 0) + 1 as next from proposals
      where community_id = ${ctx.community.id} and round_id = ${one.round_id}) numbers
    returning number`.execute(ctx.tx);
  return rows[0]!.number;
}

type Change = Partial<
  Pick<Proposal, 'title' | 'summary' | 'body' | 'category' | 'asked_fen' | 'reviewed_fen' | 'state' | 'merged_into_id'>
>;

export async function changeProposal(ctx: Ctx, id: string, change: Change, version: number): Promise<void> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('proposals')
    .set((e) => ({ ...change, version: e('version', '+', 1) }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'proposal', id });
}

/** Appends a step to the life of a proposal, and gives what its fact says of it. */
export async function appendStep(
  ctx: Ctx,
  proposalId: string,
  step: ProposalStep,
  { note = null, data = {} }: { note?: string | null; data?: Record<string, unknown> } = {},
): Promise<{ step_id: string; step_seal: string }> {
  const id = ctx.newId();
  await ctx.tx
    .insertInto('proposal_steps')
    .values({
      ...{
        community_id: ctx.community.id,
        id,
        proposal_id: proposalId,
        step,
        at: ctx.now,
        actor_id: ctx.actor.id,
      },
      ...{ on_behalf_of_id: ctx.actor.on_behalf_of_id ?? null, public_note: note, data: JSON.stringify(data) },
    })
    .execute();
  return { step_id: id, step_seal: sealOfStep(id, note, data) };
}

export type Knot = {
  step: ProposalStep;
  at: Date;
  actor_id: string;
  actor_name: string | null;
  on_behalf_of_id: string | null;
  public_note: string | null;
  data: Record<string, unknown>;
};

export async function stepsOf(ctx: Ctx, proposalId: string): Promise<Knot[]> {
  const rows = await ctx.tx
    .selectFrom('proposal_steps as s')
    .leftJoin('people as who', (join) =>
      join.onRef('who.community_id', '=', 's.community_id').onRef('who.id', '=', 's.actor_id'),
    )
    .select([
      's.step',
      's.at',
      's.actor_id',
      'who.public_name as actor_name',
      's.on_behalf_of_id',
      's.public_note',
      's.data',
    ])
    .where('s.community_id', '=', ctx.community.id)
    .where('s.proposal_id', '=', proposalId)
    .orderBy('s.id')
    .execute();
  return rows as Knot[];
}

/** Somebody stands by a proposal, or no longer: each person once, however often they press. */
export async function setSponsor(ctx: Ctx, proposal_id: string, person_id: string, stands: boolean): Promise<void> {
  const key = { community_id: ctx.community.id, proposal_id, person_id };
  if (stands)
    await ctx.tx
      .insertInto('proposal_sponsors')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await ctx.tx
      .deleteFrom('proposal_sponsors')
      .where('community_id', '=', key.community_id)
      .where('proposal_id', '=', proposal_id)
      .where('person_id', '=', person_id)
      .execute();
}

export async function sponsorsOf(ctx: Ctx, proposalId: string, personId: string | null) {
  const { rows } = await sql<{ count: number; mine: boolean }>`
    select count(*)::int as count, coalesce(bool_or(person_id = ${personId}), false) as mine from proposal_sponsors
    where community_id = ${ctx.community.id} and proposal_id = ${proposalId}`.execute(ctx.tx);
  return rows[0]!;
}

/** The needs a proposal grew from, and the proposals that grew from a need: links, read from either end. */
export async function requestsBehind(ctx: Ctx, proposalId: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('links')
    .select('from_id')
    .where('community_id', '=', ctx.community.id)
    .where('to_kind', '=', 'proposal')
    .where('to_id', '=', proposalId)
    .where('from_kind', '=', 'request')
    .limit(50)
    .execute();
  return rows.map((row) => row.from_id);
}

export type GrownProposal = Pick<Proposal, 'id' | 'number' | 'title' | 'state'> & {
  round_number: number;
  project_id: string | null;
  project_state: string | null;
};

export async function proposalsFrom(ctx: Ctx, requestId: string): Promise<GrownProposal[]> {
  const { rows } = await sql<GrownProposal>`
    select p.id, p.number, p.title, p.state, r.number as round_number, j.id as project_id, j.state as project_state
    from links l
    join proposals p on p.community_id = l.community_id and p.id = l.to_id
    join venture_rounds r on r.community_id = p.community_id and r.id = p.round_id
    left join projects j on j.community_id = p.community_id and j.proposal_id = p.id
    where l.community_id = ${ctx.community.id} and l.from_kind = 'request' and l.from_id = ${requestId} and l.to_kind = 'proposal'
    order by r.number, p.number limit 50`.execute(ctx.tx);
  return rows;
}
