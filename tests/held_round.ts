import { sealedPlace } from '#modules/people/index.ts';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { randomCode, seal, sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { withClient } from '#platform/postgres/roles.ts';
import type { Neighbourhood } from './factories.ts';

const DAY = 86_400_000;

/** Invented adults with a verified residence. */
export async function makeVoters(town: Neighbourhood, many: number, since: Date): Promise<Actor[]> {
  const { community, environment, household, owner_url } = town;
  const ids = Array.from({ length: many }, () => newId());
  await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    for (const id of ids) {
      const sealed = seal(environment.keys, sealedPlace.name(id), '某');
      await client.query(
        `insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, born_in_year, created_at, created_by_id)
         values ($1, $2, $3, '某', $4, 1960, $5, $2)`,
        [community.id, id, sealed, sha256(id), since],
      );
      await client.query(
        `insert into household_members (community_id, id, household_id, person_id, started_at, verified_at, verified_how)
         values ($1, $2, $3, $4, $5, $5, 'letter')`,
        [community.id, newId(), household, id, since],
      );
    }
  });
  return ids.map((id) => ({ kind: 'person', id, roles: [] }));
}

const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });

/** Rules of a round that takes proposals on safety for five days, or whose days begin `from` now; up to 50,000 yuan. */
export function rulesOfOpenRound(now: Date, who_may_propose = 'both', from = -1) {
  const at = (days: number) => new Date(now.getTime() + days * DAY).toISOString();
  return {
    ...{ who_may_propose, budget_fen: 5_000_000, fund_account_id: null },
    ...{ categories: [{ code: 'safety', names: both('安全') }], criteria: [both('公益')] },
    ballot: { most_choices: 3, within_budget: false },
    allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u' },
    calendar: { proposing_from: at(from), proposing_until: at(5), voting_from: at(9), voting_until: at(12) },
  };
}

export type HeldRound = { id: string; number: number; proposal_ids: string[]; project_ids: string[]; closed_at: Date };

type Chosen = readonly (readonly [title: string, yuan: number])[];

/** A round that was voted in and ends at `closed_at`: each of these was proposed, admitted and chosen by the voters. */
export async function voteInRound(town: Neighbourhood, voters: readonly Actor[], chosen: Chosen, closed_at: Date) {
  const { secretary, resident } = town.people;
  const at = (days: number) => new Date(closed_at.getTime() + days * DAY);
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now: Date) =>
    perform(town.environment, { actor, community: town.community, via: 'test', now }, command, input);
  const rules = {
    ...{ who_may_propose: 'both', budget_fen: 100 * chosen.reduce((sum, [, yuan]) => sum + yuan, 0) },
    ...{ fund_account_id: null, categories: [{ code: 'elders', names: both('老人') }], criteria: [both('公益')] },
    ballot: { most_choices: 9, within_budget: false },
    allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 },
    calendar: {
      ...{ proposing_from: at(-9).toISOString(), proposing_until: at(-6).toISOString() },
      ...{ voting_from: at(-3).toISOString(), voting_until: at(-1).toISOString() },
    },
  };
  const round = await act(secretary, projects.write_venture_round, { names: both('邻里项目'), rules }, at(-9));
  const proposal_ids: string[] = [];
  for (const [title, yuan] of chosen) {
    const words = { round_id: round.id, title, summary: title, category: 'elders', asked_fen: yuan * 100 };
    const { id } = await act(resident, projects.submit_proposal, words, at(-8));
    await act(secretary, projects.vet_proposal, { id, verdict: 'admit', reason: '好事', criteria: [true] }, at(-5));
    proposal_ids.push(id);
  }
  await act(secretary, projects.freeze_venture_rules, { id: round.id }, at(-4));
  const proposals = chosen.map((_, i) => i + 1);
  for (const voter of voters) {
    const ballot = { round_id: round.id, receipt_code: randomCode(16), proposals };
    await act(voter, projects.cast_ballot, ballot, at(-2));
  }
  return { ...round, proposal_ids };
}

/** Such a round that is over and published. */
export async function holdRound(
  town: Neighbourhood,
  voters: readonly Actor[],
  chosen: Chosen,
  closed_at: Date,
): Promise<HeldRound> {
  const { proposal_ids, ...round } = await voteInRound(town, voters, chosen, closed_at);
  const caller = { actor: town.people.secretary, community: town.community, via: 'test', now: closed_at };
  await perform(town.environment, caller, projects.close_venture_round, { id: round.id });
  const project_ids: string[] = [];
  for (const id of proposal_ids) project_ids.push((await projectOf(town, id))!);
  return { ...round, proposal_ids, project_ids, closed_at };
}

async function projectOf({ environment, community }: Neighbourhood, proposal_id: string) {
  const row = await environment.database
    .of(community.id)
    .selectFrom('projects')
    .select('id')
    .where('community_id', '=', community.id)
    .where('proposal_id', '=', proposal_id)
    .executeTakeFirst();
  return row?.id;
}
