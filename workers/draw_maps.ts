import { draw_opinion_map, list_maps_due } from '#modules/forum/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask } from '#platform/query.ts';

/** Draws every map of opinions that is due. */
export async function drawMaps(environment: Environment, community: Community): Promise<void> {
  const caller = { actor: system, community, via: 'job' };
  const { topics } = await ask(environment, caller, list_maps_due, {});
  for (const topic_id of topics) await perform(environment, caller, draw_opinion_map, { topic_id });
}
