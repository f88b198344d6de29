import { sql } from 'kysely';
import {
  differences,
  factsOf,
  foundAtClosing,
  hashIn as hash,
  hashOfJson,
  type LogFinding,
  msOf as ms,
  onlyTold,
  type Said,
  saidBy,
  sealOfWords,
} from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { changedBoxes, changedRolls } from './box_check.store.ts';
import { projectsBy, sealOfAnswerCount, sealOfAnswers, sealOfServed, sealOfStep } from './project_history.ts';
import { changedProposals } from './proposal_witness.store.ts';

/**
 * Compares rounds and projects with the facts that were logged when they were written: frozen rules, published results and
 * ballots, what was agreed, shown, changed and paid for, who voted and answered. What a ballot in an open box or an answer about a
 * project that runs says is known to nobody: those are held to their seals and counted. Reads everything of projects.
 */
export async function projectWitness(ctx: Ctx): Promise<LogFinding[]> {
  const words = ['project', 'proposal', 'venture_rules', 'venture_round', 'venture_result', 'venture_ballots'];
  const facts = await factsOf(ctx, ['project', 'proposal', 'venture_round'], words);
  const { untold, ...history } = projectsBy(facts);
  const said = saidBy(await projectRows(ctx));
  for (const [id, row] of said.get('project_answer_counts') ?? [])
    Object.assign(row, sealsOfAnswers(ctx, id, row.counts as [number, number, number, string][]));
  for (const row of said.get('projects')?.values() ?? [])
    row.agreement_sha256 = row.agreement && hashOfJson(row.agreement);
  for (const row of said.get('venture_results')?.values() ?? []) row.outcome_sha256 = hashOfJson(row.outcome);
  sealWords(ctx, said);
  for (const [table, projects] of Object.entries(untold))
    said.set(table, onlyTold(said.get(table) ?? new Map(), history[table as 'project_steps'], projects, 'project_id'));
  const changed = Object.entries<Said>(history).flatMap(([table, facts]) =>
    differences(table, facts, said.get(table) ?? new Map()),
  );
  const proposals = await changedProposals(ctx, facts);
  return [
    ...changed,
    ...proposals,
    ...(await changedBoxes(ctx)),
    ...(await changedRolls(ctx)),
    ...foundAtClosing(facts),
  ];
}

/** What people wrote, as the log has it. */
function sealWords({ keys }: Ctx, said: ReturnType<typeof saidBy>): void {
  type Words = Record<string, string | null>;
  const seal = (id: string, ...words: (string | null)[]) => (words[0] === null ? null : sealOfWords(id, ...words));
  for (const [id, row] of said.get('project_steps') ?? [])
    row.seal = sealOfStep(id, row.note as string, row.data as Record<string, unknown>);
  for (const [id, row] of said.get('project_risks') ?? []) {
    const { risk, response, closed_reason } = row as Words;
    Object.assign(row, { seal: seal(id, risk!, response!), closed_seal: seal(id, closed_reason!) });
  }
  for (const [id, row] of said.get('project_changes') ?? []) {
    const { reason, decided_reason } = row as Words;
    Object.assign(row, { reason_seal: seal(id, reason!), decided_seal: seal(id, decided_reason!) });
  }
  // Whom a project served the log does not say, so it is the seal that names the row.
  const served = [...(said.get('project_beneficiaries')?.values() ?? [])] as Record<string, string>[];
  const sealed = served.map(
    (row) => [`${row.project_id}/${sealOfServed(keys, row.project_id!, row.person_id!)}`, row] as const,
  );
  said.set('project_beneficiaries', new Map(sealed));
}

function sealsOfAnswers({ keys }: Ctx, project_id: string, counts: [number, number, number, string][]) {
  const is_sealed = counts.every(
    ([question, score, count, seal]) => seal === sealOfAnswerCount(keys, project_id, { question, score, count }),
  );
  return {
    is_sealed,
    answers_seal: sealOfAnswers(
      keys,
      project_id,
      counts.map((one) => one.slice(0, 3) as number[]),
    ),
  };
}

/** The seal of a title that is changed, where that is all of it. */
const titleIn = (change: string) =>
  sql`case when ${sql.ref(change)} - 'title' = '{}' then ${hash(`milestone_id || '/' || (${change}->>'title')`)} end`;

async function projectRows({ tx, community }: Ctx) {
  const { rows } = await sql<{ table: string; id: string; row: Record<string, unknown> }>`
    select 'projects' as "table", id::text as id, jsonb_build_object('proposal_id', proposal_id, 'state', state, 'budget_fen', budget_fen,
      'organisation_id', organisation_id, 'agreement', agreement, 'agreement_version', agreement_version,
      'questions', jsonb_array_length(agreement->'questions'), 'budget_line_id', budget_line_id, 'bank_account_id', bank_account_id,
      'spending_category', spending_category, 'created_at', ${ms('created_at')}, 'begun_at', ${ms('begun_at')},
      'ended_at', ${ms('ended_at')}, 'version', version) as row
    from projects where community_id = ${community.id}
    union all
    select 'project_milestones', id::text, jsonb_build_object('project_id', project_id, 'position', position, 'seal', ${hash("id || '/' || title")},
      'due_on', due_on::text, 'tranche_fen', tranche_fen, 'state', state, 'spending_id', spending_id, 'escalation', escalation,
      'decided_at', ${ms('decided_at')})
    from project_milestones where community_id = ${community.id}
    union all
    select 'project_signatures', concat_ws('/', project_id, agreement_version, side),
      jsonb_build_object('person_id', person_id, 'signed_at', ${ms('signed_at')})
    from project_signatures where community_id = ${community.id}
    union all
    select 'project_files', concat_ws('/', project_id, milestone_id, file_hash), '{}' from project_files where community_id = ${community.id}
    union all
    select 'project_changes', id::text, jsonb_build_object('project_id', project_id, 'milestone_id', milestone_id, 'before', before,
      'after', after, 'seal_before', ${titleIn('before')}, 'seal', ${titleIn('after')}, 'state', state, 'asked_at', ${ms('asked_at')}, 'asked_by_id', asked_by_id, 'decided_at', ${ms('decided_at')},
      'decided_by_id', decided_by_id, 'reason', reason, 'decided_reason', decided_reason)
    from project_changes where community_id = ${community.id}
    union all
    select 'project_steps', id::text, jsonb_build_object('project_id', project_id, 'step', step, 'at', ${ms('at')}, 'actor_id', actor_id,
      'on_behalf_of_id', on_behalf_of_id, 'milestone_id', milestone_id, 'note', public_note, 'data', data)
    from project_steps where community_id = ${community.id}
    union all
    select 'project_risks', id::text, jsonb_build_object('project_id', project_id, 'risk', risk, 'response', response,
      'opened_at', ${ms('opened_at')}, 'opened_by_id', opened_by_id, 'closed_at', ${ms('closed_at')}, 'closed_by_id', closed_by_id,
      'closed_reason', closed_reason)
    from project_risks where community_id = ${community.id}
    union all
    select 'project_beneficiaries', project_id || '/' || person_id, jsonb_build_object('project_id', project_id, 'person_id', person_id,
      'named_at', ${ms('named_at')}, 'named_by_id', named_by_id)
    from project_beneficiaries where community_id = ${community.id}
    union all
    select 'project_answer_roll', project_id || '/' || person_id, '{}' from project_answer_roll where community_id = ${community.id}
    union all
    select 'project_answer_counts', project_id::text, jsonb_build_object('sums', jsonb_agg(distinct answers), 'questions', count(*),
      'counts', jsonb_path_query_array(jsonb_agg(counts), '$[*][*]'))
    from (select project_id, question, sum(count) as answers, jsonb_agg(jsonb_build_array(question, score, count, seal)) as counts
      from project_answer_counts where community_id = ${community.id} group by project_id, question) one group by project_id
    union all
    select 'venture_rounds', id::text, jsonb_build_object('frozen_at', ${ms('frozen_at')}, 'closed_at', ${ms('closed_at')},
      'box_seal', ${hash('box_salt')}, 'frozen_sha256', case when frozen_sha256 = ${hash('frozen_text')} and frozen_text::jsonb->'rules' = rules then frozen_sha256 end)
    from venture_rounds where community_id = ${community.id} and frozen_at is not null
    union all
    select 'venture_results', round_id::text, jsonb_build_object('published_at', ${ms('published_at')}, 'outcome', outcome,
      'file_sha256', case when file_sha256 = ${hash('file_text')} then file_sha256 end)
    from venture_results where community_id = ${community.id}
    union all
    select 'published_ballots', round_id::text, jsonb_build_object('count', count(*),
      'ballots_sha256', ${hash(`string_agg(code_hash || ' ' || ballot, chr(10) order by code_hash collate "C")`)})
    from published_ballots where community_id = ${community.id} group by round_id`.execute(tx);
  return rows;
}
