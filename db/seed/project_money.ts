import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import type { Purse } from './funds.ts';

/** What the money of a kind of proposal is spent on. */
const USES: Record<string, string> = {
  ...{ elders: 'elders', children: 'children', stairwells: 'repairs' },
  ...{ greenery: 'environment', neighbours: 'culture' },
};

/**
 * The treasurer sets aside what running projects promise and have no money for yet, while the fund has enough. Called after
 * whatever made the projects; it may be called again.
 */
export async function fundProjects(
  environment: Environment,
  community: Community,
  purse: Purse,
  seed: number,
  now: Date,
): Promise<number> {
  let commands = 0;
  const caller = (actor: Actor) => ({ actor, community, via: 'command_line', now });
  const { projects: running } = await ask(environment, caller(purse.treasurer), projects.list_projects, {
    ...{ states: ['running'], limit: 100 },
  });
  for (const { id } of running) {
    const project = await ask(environment, caller(purse.treasurer), projects.show_project, { id });
    if (project.budget_line_id || !project.may.fund) continue;
    const category = USES[project.proposal.category] ?? 'other';
    const command_id = idFrom(community.id, 'project_money', String(seed), id);
    const wanted = { id, fund_account_id: purse.venture_fund_id, bank_account_id: purse.bank_account_id, category };
    await perform(environment, { ...caller(purse.treasurer), id: command_id }, projects.fund_project, wanted).then(
      () => commands++,
      (refusal) => (refusal.code === 'balance_exceeded' ? undefined : Promise.reject(refusal)),
    );
  }
  return commands;
}
