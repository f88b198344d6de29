import type { TaskList } from 'graphile-worker';
import { remind_of_money } from '#modules/funds/index.ts';
import { check_community } from '#modules/insight/index.ts';
import { forget_tries } from '#modules/letters/index.ts';
import { appendAll, keyOf, signOpenHead } from '#modules/log/index.ts';
import { delete_due } from '#modules/people/index.ts';
import { learnCategories } from '#modules/requests/index.ts';
import { system } from '#platform/actor.ts';
import type { Dispatcher } from '#platform/channels/dispatcher.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import { drop_downloads } from '#platform/downloads.ts';
import type { Environment } from '#platform/environment.ts';
import { eventById } from '#platform/event.store.ts';
import { hasWebhooks, sendWebhook, tell_webhooks } from '#platform/webhooks.ts';
import { reactions } from './all_reactions.ts';
import { drawMaps } from './draw_maps.ts';
import { exportFile } from './export_file.ts';
import { printLetters } from './print_letters.ts';
import { sweepCommunity } from './sweep.ts';

/** What the workers do, by the names jobs are asked for under. Each may be repeated at any point. */
export function tasksOf(environment: Environment, dispatcher: Dispatcher): TaskList {
  return {
    async react(payload) {
      const { reaction, event_id, community_id } = payload as {
        reaction: string;
        event_id: string;
        community_id: string;
      };
      const found = reactions.find((one) => one.name === reaction);
      // A reaction that a later version no longer has leaves its old jobs with nothing to do.
      if (!found) return;
      const community = await environment.communityById(community_id);
      const event = await eventById(environment, community, event_id);
      if (event) await found.run(environment, community, event);
    },
    // Only wakes: messages go out beside the jobs, so a provider that hangs takes no place of theirs.
    deliver_notices: () => inEach(environment, (community) => dispatcher.wake(community)),
    async send_webhook(payload) {
      const { community_id, delivery_id } = payload as { community_id: string; delivery_id: string };
      await sendWebhook(environment, await environment.communityById(community_id), delivery_id);
    },
    tell_webhooks: () =>
      inEach(environment, async (community) => {
        if (!(await hasWebhooks(environment, community))) return;
        await perform(environment, { actor: system, community, via: 'job' }, tell_webhooks, {});
      }),
    async print_letters(payload) {
      const wish = payload as { community_id: string; campaign_id: string; download_id: string };
      await printLetters(environment, await environment.communityById(wish.community_id), wish);
    },
    async export_file(payload) {
      const wish = payload as { community_id: string } & Parameters<typeof exportFile>[2];
      await exportFile(environment, await environment.communityById(wish.community_id), wish);
    },
    retain: () =>
      inEach(environment, async (community) => {
        const caller = { actor: system, community, via: 'job' };
        while ((await perform(environment, caller, delete_due, {})).deleted > 0);
        await perform(environment, caller, forget_tries, {});
        await perform(environment, caller, drop_downloads, {});
      }),
    sweep: () => inEach(environment, (community) => sweepCommunity(environment, community)),
    learn_categories(payload) {
      const { at_least } = payload as { at_least: number };
      return inEach(environment, (community) => learnCategories(environment, community, at_least));
    },
    append_log: () => inEach(environment, (community) => appendAll(environment, community)),
    sign_log: () =>
      inEach(environment, async (community) => {
        await appendAll(environment, community);
        await signOpenHead(environment, community);
      }),
    draw_maps: () => inEach(environment, (community) => drawMaps(environment, community)),
    check: () =>
      inEach(environment, async (community) => {
        const { verifier } = keyOf(environment, community);
        await perform(environment, { actor: system, community, via: 'job' }, check_community, { verifier });
      }),
    // Every morning who owes something about money is told, once for each thing.
    remind_of_money: () =>
      inEach(environment, (community) =>
        perform(environment, { actor: system, community, via: 'job' }, remind_of_money, {}),
      ),
  };
}

async function inEach(environment: Environment, run: (community: Community) => unknown): Promise<void> {
  for (const community of await environment.allCommunities()) await run(community);
}
