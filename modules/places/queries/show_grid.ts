import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { boundaryInput } from '../commands/redraw_grid.ts';
import { cornersOf, meet, redrawCorners } from '../corners.ts';
import { type Area, boundsOf } from '../grid_index.ts';
import { answerersOf, buildingsNear, gridShapes } from '../place.store.ts';
import { findFaults, movesOf } from '../redraw.ts';

const MARGIN_DEGREES = 0.002;
const CORNERS_LIMIT = 2_000;

/** A grid with the ground around it, for whoever draws: neighbours, buildings, and who answers. */
export const show_grid = query({
  name: 'places.show_grid',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { grid, others } = await gridAndOthers(ctx, id);
    const near = widened(grid.boundary);
    return {
      ...{ grid, corners: cornersOf(grid.boundary) ?? null },
      neighbours: others.filter((one) => meet(one.boundary, near)),
      buildings: await buildingsNear(ctx, boundsOf(near)),
      answerers: await answerersOf(ctx, id),
    };
  },
});

const corner = z.object({
  was: z.tuple([z.number(), z.number()]).optional(),
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
});

/** What a redrawn grid would change before it is saved: its neighbours' borders, the buildings and doors that move, and who answers for them then. */
export const preview_redraw = query({
  name: 'places.preview_redraw',
  reads: 'nobody',
  input: z.object({
    id: z.uuid(),
    corners: z.array(corner).min(3).max(CORNERS_LIMIT).optional(),
    boundary: boundaryInput.optional(),
  }),
  async run(ctx, { id, corners, boundary }) {
    const { grid, others } = await gridAndOthers(ctx, id);
    const changed = boundary ? [{ id, boundary: boundary as Area }] : redrawCorners(grid, corners ?? [], others);
    const all = [grid, ...others];
    const buildings = await buildingsNear(ctx, null);
    const doors = new Map(buildings.map((one) => [one.id, one.door_count]));
    const moves = [...Map.groupBy(movesOf(all, changed, buildings), ({ from, to }) => `${from}>${to}`).values()];
    const names = (one: string | null) => all.find((shape) => shape.id === one)?.names ?? null;
    return {
      changed: changed.map((shape) => ({ ...shape, ...versionOf(all, shape.id) })),
      faults: findFaults(all, changed, ctx.community.boundary as Area | null),
      moves: await Promise.all(
        moves.map(async (group) => ({
          ...{ from: names(group[0]!.from), to: names(group[0]!.to), buildings: group.length },
          doors: group.reduce((sum, move) => sum + (doors.get(move.id) ?? 0), 0),
          answerers: group[0]!.to ? await answerersOf(ctx, group[0]!.to) : [],
        })),
      ),
    };
  },
});

async function gridAndOthers(ctx: Ctx, id: string) {
  if (!hasRole(ctx.actor, 'administrator')) notFound('grid', id);
  const shapes = await gridShapes(ctx);
  const grid = shapes.find((one) => one.id === id) ?? notFound('grid', id);
  return { grid, others: shapes.filter((one) => one.id !== id) };
}

const versionOf = (all: { id: string; version: number; names: Record<string, string> }[], id: string) => {
  const { version, names } = all.find((one) => one.id === id)!;
  return { version, names };
};

function widened(area: Area): Area {
  const [west, south, east, north] = boundsOf(area);
  const [w, s, e, n] = [west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  };
}
