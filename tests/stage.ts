import { after, before } from 'node:test';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from './factories.ts';

/**
 * What the tests of one file play on: a neighbourhood that is there while they run, given to `ready` before the first of them,
 * and who does and sees what in it. What `ready` gives is called when all is over.
 */
export function openStage(ready: (town: Neighbourhood) => unknown, clock?: () => Date) {
  let town: Neighbourhood;
  let end: unknown;
  before(async () => {
    town = await makeNeighbourhood({ clock });
    end = await ready(town);
  });
  after(async () => {
    if (typeof end === 'function') await end();
    await town.close();
  });
  return {
    act: <I, A>(actor: Actor, command: Command<I, A>, input: unknown, id?: string) =>
      perform(town.environment, { actor, community: town.community, via: 'test', id }, command, input),
    see: <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
      ask(town.environment, { actor, community: town.community, via: 'test' }, query, input),
    db: () => town.environment.database.of(town.community.id),
  };
}

/** What a command that is refused is rejected with. */
export const refusedWith = (code: string) => ({ name: 'Refusal', code });
