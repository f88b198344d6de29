import * as people from '#modules/people/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Neighbourhood } from './factories.ts';
import { openStage } from './stage.ts';

/** A stage on which the desk writes people down who live behind the door. */
export function openResidentStage(ready: (town: Neighbourhood) => unknown, clock: () => Date) {
  let town: Neighbourhood;
  const stage = openStage((made) => {
    town = made;
    return ready(made);
  }, clock);
  const resident = async (name: string, born_in_year?: number): Promise<Actor> => {
    const { desk } = town.people;
    const { id } = await stage.act(desk, people.write_person, { name, born_in_year });
    await stage.act(desk, people.join_household, { household_id: town.household, person_id: id });
    return { kind: 'person', id, roles: [] };
  };
  return { ...stage, resident };
}
