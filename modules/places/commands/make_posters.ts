import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { randomCode } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { buildingsByIds, insertPosters, postersOf } from '../place.store.ts';

/** Short codes for posters in buildings; a building that has one keeps it, so that printed posters stay good. */
export const make_posters = command({
  name: 'places.make_posters',
  input: z.object({ building_ids: z.array(z.uuid()).min(1).max(200) }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator', 'grid_worker', 'desk_officer')) notFound('posters', ctx.community.id);
    const buildings = await buildingsByIds(ctx, input.building_ids);
    if (buildings.length < new Set(input.building_ids).size) refuse('place_unknown', {}, { field: 'building_ids' });
    const known = new Map(
      (await postersOf(ctx, input.building_ids)).map((poster) => [poster.building_id, poster.code]),
    );
    const fresh = buildings
      .filter((building) => !known.has(building.id))
      .map((building) => ({ code: randomCode(6), building_id: building.id }));
    await insertPosters(ctx, fresh);
    for (const { code, building_id } of fresh) known.set(building_id, code);
    if (fresh.length > 0)
      record(ctx, 'posters.made', { kind: 'community', id: ctx.community.id }, { count: fresh.length });
    return buildings.map(({ id, names }) => ({ building_id: id, names, code: known.get(id)! }));
  },
});
