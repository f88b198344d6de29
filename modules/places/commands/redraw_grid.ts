import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type Area, buildGridIndex, contains } from '../grid_index.ts';
import { forgetGrids } from '../locate.ts';
import { activeGrids, buildingPoints, changeGrid, gridShapes, moveBuildings } from '../place.store.ts';

const ring = z
  .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
  .min(4)
  .max(2000);

/** Gives a grid another boundary; the buildings that lie in it now belong to it, those that no longer do to their new grid. */
export const redraw_grid = command({
  name: 'places.redraw_grid',
  input: z.object({
    id: z.uuid(),
    expected_version: z.number().int().positive(),
    names: z.object({ 'zh-CN': z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
    boundary: z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(20) }),
  }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('grid', input.id);
    const boundary = input.boundary as Area;
    for (const one of input.boundary.coordinates) {
      const [first, last] = [one[0]!, one[one.length - 1]!];
      if (first[0] !== last[0] || first[1] !== last[1]) refuse('ring_open', {}, { field: 'boundary' });
    }
    if (!(await activeGrids(ctx)).some((grid) => grid.id === input.id)) notFound('grid', input.id);
    if (!(await changeGrid(ctx, input.id, { names: input.names, boundary }, input.expected_version))) {
      refuse('stale', {}, { kind: 'grid', id: input.id });
    }
    const moved = await moveToGrids(ctx, input.id, boundary);
    forgetGrids(ctx.community.id);
    record(ctx, 'grid.redrawn', { kind: 'grid', id: input.id }, { buildings_moved: moved });
    return { id: input.id, version: input.expected_version + 1, buildings_moved: moved };
  },
});

async function moveToGrids(ctx: Parameters<typeof gridShapes>[0], gridId: string, boundary: Area): Promise<number> {
  const index = buildGridIndex((await gridShapes(ctx)).filter((grid) => grid.id !== gridId));
  const wanted = new Map<string | null, string[]>();
  for (const { id, latitude, longitude, grid_id } of await buildingPoints(ctx)) {
    const next = contains(boundary, latitude, longitude)
      ? gridId
      : grid_id === gridId
        ? index.gridAt(latitude, longitude)
        : grid_id;
    if (next !== grid_id) wanted.set(next, [...(wanted.get(next) ?? []), id]);
  }
  let moved = 0;
  for (const [grid_id, ids] of wanted) {
    await moveBuildings(ctx, ids, grid_id);
    moved += ids.length;
  }
  return moved;
}
