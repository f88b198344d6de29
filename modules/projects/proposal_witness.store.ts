import { sql } from 'kysely';
import { differences, type LogFinding, msOf as ms, onlyTold, type ReadFact, saidBy } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { sealOfStep } from './project_history.ts';
import { proposalsFrom, sealOfProposal } from './proposal_history.ts';

/** Proposals, their steps and who stands by them, beside what these facts say. */
export async function changedProposals(ctx: Ctx, facts: readonly ReadFact[]): Promise<LogFinding[]> {
  const { untold, proposals, proposal_steps, proposal_sponsors } = proposalsFrom(facts);
  const said = saidBy(await proposalRows(ctx));
  const rowsOf = (table: string) => said.get(table) ?? new Map();
  for (const [id, row] of rowsOf('proposals')) row.seal = sealOfProposal({ id, ...row });
  for (const [id, row] of rowsOf('proposal_steps')) row.seal = sealOfStep(id, row.note, row.data);
  const own = onlyTold(rowsOf('proposals'), proposals, untold.proposals, 'round_id');
  const steps = onlyTold(rowsOf('proposal_steps'), proposal_steps, untold.proposal_steps, 'proposal_id');
  return [
    ...differences('proposals', proposals, own),
    ...differences('proposal_steps', proposal_steps, steps),
    ...differences('proposal_sponsors', proposal_sponsors, rowsOf('proposal_sponsors')),
  ];
}

async function proposalRows({ tx, community }: Ctx) {
  const { rows } = await sql<{ table: string; id: string; row: Record<string, unknown> }>`
    select 'proposals' as "table", id::text as id, jsonb_build_object('round_id', round_id, 'number', number, 'pabulib_id', pabulib_id,
      'organisation_id', organisation_id, 'category', category, 'asked_fen', asked_fen, 'reviewed_fen', reviewed_fen, 'state', state,
      'merged_into_id', merged_into_id, 'created_at', ${ms('created_at')}, 'version', version, 'proposer_id', proposer_id,
      'title', title, 'summary', summary, 'body', body) as row
    from proposals where community_id = ${community.id}
    union all
    select 'proposal_steps', id::text, jsonb_build_object('proposal_id', proposal_id, 'step', step, 'at', ${ms('at')}, 'actor_id', actor_id,
      'on_behalf_of_id', on_behalf_of_id, 'note', public_note, 'data', data)
    from proposal_steps where community_id = ${community.id}
    union all
    select 'proposal_sponsors', proposal_id || '/' || person_id, '{}' from proposal_sponsors where community_id = ${community.id}`.execute(
    tx,
  );
  return rows;
}
