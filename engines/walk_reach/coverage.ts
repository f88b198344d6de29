import { BANDS, type Band, type Category, GROUPS } from './categories.ts';
import type { Point } from './extract.ts';
import type { Facility } from './facilities.ts';
import type { WalkNetwork } from './network.ts';

/** Metres from every building to its nearest facility of every category, and what of it are steps: category by category. */
export type ReachTable = {
  categories: readonly Category[];
  rows: readonly { facility: (string | null)[]; metres: Float64Array; steps_metres: Float64Array }[];
};

/**
 * The whole circle: one search a category over the network, for all buildings at once. Facilities are reached at the nearest
 * of their entrances. Cost: one snap of all points and one search a category.
 */
export function reachAll(
  network: WalkNetwork,
  buildings: readonly Point[],
  categories: readonly Category[],
  facilities: ReadonlyMap<string, readonly Facility[]>,
): ReachTable {
  const from = network.snap(buildings);
  const rows = categories.map(({ key }) => {
    const entrances: Point[] = [];
    const owners: string[] = [];
    for (const facility of facilities.get(key) ?? []) {
      for (const entrance of facility.entrances) {
        entrances.push(entrance);
        owners.push(facility.id);
      }
    }
    const { target, metres, steps_metres } = network.nearest(from, network.snap(entrances));
    const facility = new Array<string | null>(target.length);
    for (let b = 0; b < target.length; b++) facility[b] = owners[target[b]!] ?? null;
    return { facility, metres, steps_metres };
  });
  return { categories, rows };
}

export type People = Partial<Record<Band, number>>;
export type Gap = { building: string; metres: number | null; people: number };
export type CategoryCoverage = {
  category: string;
  threshold_metres: number;
  /** People of the category's group, those within the threshold, those not; the share is null when there is nobody. */
  people: number;
  covered: number;
  gap: number;
  share: number | null;
  /** The same by age band. */
  by_band: { band: Band; people: number; covered: number }[];
  buildings: number;
  buildings_covered: number;
  /** Half of the group's people walk no farther than this, and nine of ten; null: they reach none. */
  median_metres: number | null;
  p90_metres: number | null;
  /** Every building that is not within the threshold, most people first, then farthest: nothing is averaged away. */
  gaps: Gap[];
};
export type BuildingCompleteness = {
  building: string;
  people: number;
  /** Share of the categories met, of all and of those meant for 5 (≤ 300 m) and 10 minutes (≤ 500 m). */
  share: number;
  five_minutes: number | null;
  ten_minutes: number | null;
  missing: string[];
};
export type Coverage = { categories: CategoryCoverage[]; buildings: BuildingCompleteness[] };

/**
 * Who has what near by, in people and by building. `buildings` stand in the order of the table's rows. Buildings come back
 * with the least complete first, so that no mean hides one. O(buildings × categories + sorting).
 */
export function coverageOf(
  { categories, rows }: ReachTable,
  buildings: readonly { id: string; people: People }[],
): Coverage {
  const perCategory = categories.map((category, c) => coverCategory(category, rows[c]!.metres, buildings));
  const perBuilding = buildings.map(({ id, people }, b): BuildingCompleteness => {
    const isMet = categories.map(({ threshold_metres }, c) => rows[c]!.metres[b]! <= threshold_metres);
    const shareWithin = (limit: number) => {
      const within = categories.flatMap(({ threshold_metres }, c) => (threshold_metres <= limit ? [isMet[c]!] : []));
      return within.length === 0 ? null : within.filter(Boolean).length / within.length;
    };
    return {
      building: id,
      people: countOf(people, BANDS),
      share: shareWithin(Infinity) ?? 0,
      five_minutes: shareWithin(300),
      ten_minutes: shareWithin(500),
      missing: categories.filter((_, c) => !isMet[c]).map(({ key }) => key),
    };
  });
  perBuilding.sort((a, b) => a.share - b.share || b.people - a.people || (a.building < b.building ? -1 : 1));
  return { categories: perCategory, buildings: perBuilding };
}

function countOf(people: People, bands: readonly Band[]): number {
  return bands.reduce((sum, band) => sum + (people[band] ?? 0), 0);
}

function coverCategory(
  { key, threshold_metres, group }: Category,
  metres: Float64Array,
  buildings: readonly { id: string; people: People }[],
): CategoryCoverage {
  const bands = GROUPS[group];
  const by_band = bands.map((band) => ({ band, people: 0, covered: 0 }));
  const gaps: Gap[] = [];
  const walks: { metres: number; people: number }[] = [];
  for (const [b, { id, people }] of buildings.entries()) {
    const isNear = metres[b]! <= threshold_metres;
    for (const row of by_band) {
      row.people += people[row.band] ?? 0;
      if (isNear) row.covered += people[row.band] ?? 0;
    }
    const count = countOf(people, bands);
    walks.push({ metres: metres[b]!, people: count });
    if (!isNear) gaps.push({ building: id, metres: Number.isFinite(metres[b]!) ? metres[b]! : null, people: count });
  }
  gaps.sort(
    (a, b) =>
      b.people - a.people ||
      (b.metres ?? Number.MAX_VALUE) - (a.metres ?? Number.MAX_VALUE) ||
      (a.building < b.building ? -1 : 1),
  );
  const total = by_band.reduce((sum, { people }) => sum + people, 0);
  const covered = by_band.reduce((sum, row) => sum + row.covered, 0);
  return {
    ...{ category: key, threshold_metres, people: total, covered, gap: total - covered },
    share: total === 0 ? null : covered / total,
    by_band,
    buildings: buildings.length,
    buildings_covered: buildings.length - gaps.length,
    median_metres: quantile(walks, total, 0.5),
    p90_metres: quantile(walks, total, 0.9),
    gaps,
  };
}

/** The least metres within which that share of the people is; null when there is nobody or no way. */
function quantile(walks: { metres: number; people: number }[], total: number, share: number): number | null {
  if (total === 0) return null;
  walks.sort((a, b) => a.metres - b.metres);
  let sum = 0;
  for (const { metres, people } of walks) {
    sum += people;
    if (people > 0 && sum >= share * total) return Number.isFinite(metres) ? metres : null;
  }
  return null;
}
