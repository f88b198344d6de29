import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Event } from '#platform/event.ts';

/**
 * What somebody does when a fact is told: `run` performs commands of its own module, each with an id made from the
 * event (idFrom(event.id, name)), so that a job that is repeated changes nothing.
 */
export type Reaction = {
  name: string;
  on: readonly string[];
  run(environment: Environment, community: Community, event: Event): Promise<void>;
};

/** The subscriptions as the command runner wants them: kind of event -> names of reactions. */
export function subscriptionsOf(reactions: readonly Reaction[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const { name, on } of reactions) for (const kind of on) map.set(kind, [...(map.get(kind) ?? []), name]);
  return map;
}
