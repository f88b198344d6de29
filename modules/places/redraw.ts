import { Refusal } from '#platform/refusal.ts';
import { crossesItself, squareMetres } from './area.ts';
import { meet, type Shape } from './corners.ts';
import { type Area, buildGridIndex, contains } from './grid_index.ts';

type Named = Shape & { names: Record<string, string> };

// Two borders typed by hand differ by centimetres; what is smaller than a doorstep is no overlap.
const DOORSTEP_SQUARE_METRES = 4;

/**
 * What is wrong with grids as they would be: a border through itself, ground that two grids hold, ground inside the
 * community that a grid gave up and nobody holds now. What was so before is not held against the one who draws.
 */
export function findFaults(before: readonly Named[], changed: readonly Shape[], community: Area | null): Refusal[] {
  const next = new Map(changed.map((shape) => [shape.id, shape.boundary]));
  const faults: Refusal[] = [];
  for (const { id, boundary } of changed) {
    const name = nameOf(before, id);
    if (crossesItself(boundary)) faults.push(new Refusal('grid_crosses_itself', { grid: name }, { field: 'boundary' }));
    for (const other of before) {
      const there = next.get(other.id) ?? other.boundary;
      if (other.id === id || (next.has(other.id) && other.id < id) || !meet(boundary, there)) continue;
      const both = ([a, b]: readonly boolean[]) => a! && b!;
      const old = before.find((one) => one.id === id)?.boundary;
      const excess = squareMetres([boundary, there], both) - (old ? squareMetres([old, other.boundary], both) : 0);
      if (excess > DOORSTEP_SQUARE_METRES) faults.push(overlap(name, nameOf(before, other.id), excess));
    }
  }
  const gap = gapOf(before, next, community);
  if (gap > DOORSTEP_SQUARE_METRES)
    faults.push(new Refusal('grid_gap', { square_metres: Math.round(gap) }, { field: 'boundary' }));
  return faults;
}

/** Ground inside the community that a changed grid held and now nobody does. */
function gapOf(before: readonly Named[], next: ReadonlyMap<string, Area>, community: Area | null): number {
  const old = before.filter((grid) => next.has(grid.id)).map((grid) => grid.boundary);
  const now = [...next.values(), ...before.filter((grid) => !next.has(grid.id)).map((grid) => grid.boundary)];
  const near = now.filter((area) => old.some((one) => meet(area, one)));
  const edge = community ? [community] : [];
  return squareMetres([...old, ...near, ...edge], (inside) => {
    const held = inside.slice(0, old.length).some(Boolean);
    const holds = inside.slice(old.length, old.length + near.length).some(Boolean);
    return held && !holds && (!community || inside[inside.length - 1]!);
  });
}

const overlap = (grid: string, other: string, excess: number) =>
  new Refusal('grid_overlaps', { grid, other, square_metres: Math.round(excess) }, { field: 'boundary' });
/** Both names, as the reader of a refusal may read either language. */
function nameOf(grids: readonly Named[], id: string): string {
  const names = grids.find((grid) => grid.id === id)?.names ?? {};
  return [...new Set([names['zh-CN'], names.en])].filter(Boolean).join(' ');
}

type Point = { id: string; latitude: number; longitude: number; grid_id: string | null };
export type Move = { id: string; from: string | null; to: string | null };

/** The buildings that change their grid when grids are redrawn; those in grids that stay as they are stay with them. */
export function movesOf(before: readonly Shape[], changed: readonly Shape[], buildings: readonly Point[]): Move[] {
  const ids = new Set(changed.map((shape) => shape.id));
  const index = buildGridIndex([...changed, ...before.filter((shape) => !ids.has(shape.id))]);
  return buildings.flatMap(({ id, latitude, longitude, grid_id }) => {
    const concerned =
      grid_id === null || ids.has(grid_id) || changed.some((shape) => contains(shape.boundary, latitude, longitude));
    const to = concerned ? index.gridAt(latitude, longitude) : grid_id;
    return to === grid_id ? [] : [{ id, from: grid_id, to }];
  });
}
