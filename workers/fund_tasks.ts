import type { TaskList } from 'graphile-worker';
import { remind_of_money } from '#modules/funds/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Environment } from '#platform/environment.ts';

/** What is done about money without anybody asking: every morning who owes something is told, once for each thing. */
export function fundTasksOf(environment: Environment): TaskList {
  return {
    async remind_of_money() {
      for (const community of await environment.allCommunities())
        await perform(environment, { actor: system, community, via: 'job' }, remind_of_money, {});
    },
  };
}
