import * as visits from '#modules/visits/index.ts';
import type { Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import type { Neighbourhood } from './factories.ts';
import { openStage } from './stage.ts';

/** A stage on which doors are added, people move in and visits are recorded; the resident has lived at their door for three days. */
export function openVisitStage(ready: (town: Neighbourhood) => unknown, clock: () => Date) {
  let town: Neighbourhood;
  const stage = openStage(async (made) => {
    town = made;
    await moveIn(town.people.resident.id, town.household);
    return ready(town);
  }, clock);
  async function moveIn(person_id: string, household_id: string): Promise<void> {
    const since = new Date('2026-03-01T00:00:00Z');
    const row = { community_id: town.community.id, id: newId(), household_id, person_id };
    await stage
      .db()
      .insertInto('household_members')
      .values({ ...row, started_at: since, verified_at: since })
      .execute();
  }
  /** Another door of the building. */
  async function addDoor(door: string, floor: number, unit = 2): Promise<string> {
    const id = newId();
    const row = { community_id: town.community.id, id, building_id: town.building, unit, floor, door };
    await stage.db().insertInto('households').values(row).execute();
    return id;
  }
  const knock = (more: Record<string, unknown> = {}) => ({
    id: newId(),
    household_id: town.household,
    occasion: 'newly_moved_in',
    outcome: 'answered',
    ...more,
  });
  const record = (actor: Actor, visit: { id: string }) => stage.act(actor, visits.record_visit, visit, visit.id);
  return { ...stage, moveIn, addDoor, knock, record };
}
