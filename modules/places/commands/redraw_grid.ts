import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, Refusal, refuse } from '#platform/refusal.ts';
import type { Area } from '../grid_index.ts';
import { forgetGrids } from '../locate.ts';
import { buildingPoints, changeGrid, gridShapes, moveBuildings } from '../place.store.ts';
import { findFaults, movesOf } from '../redraw.ts';

const ring = z
  .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
  .min(4)
  .max(2000);
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(20) });
const multipolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ring).min(1).max(20)).min(1).max(20),
});
export const boundaryInput = z.union([polygon, multipolygon]);
const version = z.number().int().positive();

/**
 * Gives a grid another boundary, and neighbours theirs with it, so that borders stay common; the buildings go with the
 * ground they stand on. Refused when grids would overlap or leave ground to nobody, or when one has changed since.
 */
export const redraw_grid = command({
  name: 'places.redraw_grid',
  input: z.object({
    id: z.uuid(),
    expected_version: version,
    names: z.object({ 'zh-CN': z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
    boundary: boundaryInput,
    neighbours: z
      .array(z.object({ id: z.uuid(), expected_version: version, boundary: boundaryInput }))
      .max(40)
      .default([]),
  }),
  async run(ctx, { names, neighbours, ...grid }) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('grid', grid.id);
    const before = await gridShapes(ctx);
    const changed = [grid, ...neighbours] as { id: string; expected_version: number; boundary: Area }[];
    for (const { id, expected_version, boundary } of changed) {
      demandClosed(boundary);
      const known = before.find((one) => one.id === id) ?? notFound('grid', id);
      const change = { names: id === grid.id ? names : known.names, boundary };
      if (!(await changeGrid(ctx, id, change, expected_version))) refuse('stale', {}, { kind: 'grid', id });
    }
    const [fault, ...others] = findFaults(before, changed, ctx.community.boundary as Area | null);
    if (fault) throw new Refusal(fault.code, fault.vars, fault.where, others);
    const moves = movesOf(before, changed, await buildingPoints(ctx));
    for (const [to, ids] of Map.groupBy(moves, (move) => move.to)) {
      const moved = ids.map((move) => move.id);
      await moveBuildings(ctx, moved, to);
    }
    forgetGrids(ctx.community.id);
    for (const { id } of changed) record(ctx, 'grid.redrawn', { kind: 'grid', id }, { buildings_moved: moves.length });
    return { id: grid.id, version: grid.expected_version + 1, buildings_moved: moves.length };
  },
});

function demandClosed(boundary: Area): void {
  const rings = boundary.type === 'Polygon' ? boundary.coordinates : boundary.coordinates.flat();
  for (const one of rings) {
    const [first, last] = [one[0]!, one[one.length - 1]!];
    if (first[0] !== last[0] || first[1] !== last[1]) refuse('ring_open', {}, { field: 'boundary' });
  }
}
