import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type Area, boundsOf, boxOf, buildGridIndex } from '../grid_index.ts';
import { forgetGrids } from '../locate.ts';
import { buildingPoints, gridShapes, moveBuildings } from '../place.store.ts';
import { setBoundary, writeGrid } from '../roster.store.ts';

const point = z.array(z.number()).min(2).max(3);
const ring = z.array(point).min(4).max(20_000);
const geometry = z.union([
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(200) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1).max(200) }),
]);

/** Grids from GeoJSON: each feature a polygon with `code` and `name`. Those that are there get the new boundary; buildings move with it. */
export const import_grids = command({
  name: 'places.import_grids',
  input: z.object({
    features: z
      .array(
        z.object({
          geometry,
          properties: z.object({
            code: z.coerce.string().trim().min(1).max(40),
            name: z.string().trim().min(1).max(60),
            name_en: z.string().trim().max(60).optional(),
          }),
        }),
      )
      .min(1)
      .max(5_000),
  }),
  async run(ctx, { features }) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'administrator')) notFound('grids', ctx.community.id);
    const codes = features.map((feature) => feature.properties.code);
    const twice = codes.find((code, i) => codes.indexOf(code) !== i);
    if (twice) refuse('grid_twice', { code: twice }, { field: 'code' });
    const known = new Map((await gridShapes(ctx)).map((grid) => [grid.code, grid.id]));
    for (const { properties, geometry: boundary } of features) {
      const id = known.get(properties.code) ?? idFrom(ctx.community.id, 'grid', properties.code);
      await writeGrid(ctx, {
        id,
        code: properties.code,
        names: { 'zh-CN': properties.name, en: properties.name_en || properties.name },
        boundary,
      });
    }
    const shapes = await gridShapes(ctx);
    const index = buildGridIndex(shapes);
    const moves = Map.groupBy(await buildingPoints(ctx), (building) =>
      index.gridAt(building.latitude, building.longitude),
    );
    for (const [grid_id, buildings] of moves)
      await moveBuildings(
        ctx,
        buildings.filter((one) => one.grid_id !== grid_id).map((one) => one.id),
        grid_id,
      );
    if (!ctx.community.boundary) await setBoundary(ctx, hull(shapes), ctx.community.attribution ?? '');
    forgetGrids(ctx.community.id);
    record(ctx, 'grids.imported', { kind: 'community', id: ctx.community.id }, { count: features.length });
    return { read: features.length, accepted: features.length };
  },
});

/** The box around all grids: what lies outside is not this neighbourhood. */
function hull(grids: { boundary: Area }[]) {
  const all = grids.map((grid) => boundsOf(grid.boundary));
  const of = (side: 0 | 1 | 2 | 3) => all.map((one) => one[side]);
  return boxOf({
    west: Math.min(...of(0)),
    south: Math.min(...of(1)),
    east: Math.max(...of(2)),
    north: Math.max(...of(3)),
  });
}
