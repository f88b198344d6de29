import { gather, kMeans, silhouette, type Weighted } from './cluster.ts';
import { type GivenOpinion, readOpinions, rowsOf } from './opinion_matrix.ts';
import { principalPlane } from './principal_plane.ts';
import { figuresOf, type Representative, representativeOf, type StatementFigures } from './statement_figures.ts';

/** Fewer people than this are never shown together: no group, no place on the map, no count of a statement. */
export const LEAST_PEOPLE = 5;
/** Who has said less than this (or than there are statements) is counted, but stands nowhere on the map. */
export const LEAST_OPINIONS = 7;
/** Below this silhouette there are no groups to speak of: even one round cloud has 0.35 when it is cut. */
export const CLEAR_SILHOUETTE = 0.45;
/** More groups must be clearer by this, so that a few stragglers do not make one. */
const FEWER_UNLESS = 0.03;
const MOST_GROUPS = 5;
const BASE_PLACES = 100;
/** Smoothed, in every group. */
const SHARED_BY = 0.6;

export type OpinionGroup = { size: number; x: number; y: number; representative: Representative[] };
/** People who stand near each other, at least LEAST_PEOPLE of them; x and y from −1 to 1. */
export type Place = { x: number; y: number; people: number; group: number };
export type Shared = { statement: string; agrees: boolean; consensus: number };

export type OpinionMap = {
  participants: number;
  placed: number;
  /** The largest first; none when too few people are placed, one when opinions fall into no clear groups. */
  groups: OpinionGroup[];
  silhouette: number | null;
  /** The share of all variance along x and y. */
  variance: [number, number];
  places: Place[];
  statements: StatementFigures[];
  /** What all groups share, the strongest first (group-informed consensus). */
  shared: Shared[];
};

/**
 * Groups of opinion and what they share, after Small et al. 2021 (Polis): participants on the plane of two principal
 * components, k-means for 2 to 5 groups chosen by silhouette, statements that set each group apart, statements that
 * all groups share. The same opinions give the same map, in whatever order they come; names of people are not in it.
 * O(participants × statements²).
 */
export function mapOpinions(opinions: Iterable<GivenOpinion>, statements: Iterable<string> = []): OpinionMap {
  const everybody = readOpinions(opinions, statements);
  const enough = Math.min(LEAST_OPINIONS, Math.max(1, everybody.statements.length));
  const rows = [...everybody.given.keys()].filter((row) => everybody.given[row]! >= enough);
  const isEnough = rows.length >= LEAST_PEOPLE;
  const placed = rowsOf(everybody, isEnough ? rows : []);
  const plane = principalPlane(placed);
  const { base, at } = gather(plane.points, BASE_PLACES);
  const grouping = isEnough ? findGroups(base) : { of: new Int32Array(0), k: 0, silhouette: null };
  const group = at.map((place) => grouping.of[place]!);
  const figures = figuresOf(everybody, placed, group, grouping.k, LEAST_PEOPLE);
  const frame = frameOf(plane.points);
  return {
    ...{
      participants: everybody.participants.length,
      placed: placed.participants.length,
      silhouette: grouping.silhouette,
    },
    groups: Array.from({ length: grouping.k }, (_, g) => ({
      ...centreOf(plane.points, group, g, frame),
      representative: representativeOf(figures, g),
    })),
    variance: plane.variance,
    places: placesOf(base, grouping.of, grouping.k, frame),
    statements: figures,
    shared: sharedOf(figures),
  };
}

type Grouping = { of: Int32Array; k: number; silhouette: number | null };

/** 2 to 5 groups by the best silhouette among those whose every group has people enough; one when none is clear. */
function findGroups(base: Weighted): Grouping {
  const n = base.weights.length;
  let best: Grouping = { of: new Int32Array(n), k: 1, silhouette: null };
  for (let k = 2; k <= Math.min(MOST_GROUPS, n); k++) {
    const { of } = kMeans(base, k);
    const sizes = new Float64Array(k);
    base.weights.forEach((weight, i) => {
      sizes[of[i]!]! += weight;
    });
    if (sizes.some((size) => size < LEAST_PEOPLE)) continue;
    const clear = silhouette(base, of, k);
    if (clear >= CLEAR_SILHOUETTE && clear > (best.silhouette === null ? 0 : best.silhouette + FEWER_UNLESS))
      best = { of: largestFirst(of, sizes), k, silhouette: clear };
  }
  return best;
}

function largestFirst(of: Int32Array, sizes: Float64Array): Int32Array {
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  return of.map((group) => order.indexOf(group));
}

const frameOf = (points: Float64Array) => points.reduce((most, one) => Math.max(most, Math.abs(one)), 0) || 1;

function centreOf(points: Float64Array, group: Int32Array, g: number, frame: number) {
  let [x, y, size] = [0, 0, 0];
  for (let i = 0; i < group.length; i++)
    if (group[i] === g) {
      x += points[i * 2]!;
      y += points[i * 2 + 1]!;
      size++;
    }
  return { size, x: x / size / frame, y: y / size / frame };
}

/** Base places of a group, those of fewer people joined with the nearest until each has enough. */
function placesOf({ points, weights }: Weighted, of: Int32Array, groups: number, frame: number): Place[] {
  const places: Place[] = [];
  for (let group = 0; group < groups; group++) {
    const own = [...weights.keys()]
      .filter((i) => of[i] === group && weights[i]! > 0)
      .map((i): Place => ({ x: points[i * 2]! / frame, y: points[i * 2 + 1]! / frame, people: weights[i]!, group }));
    for (;;) {
      own.sort((a, b) => a.people - b.people || a.x - b.x || a.y - b.y);
      const least = own[0]!;
      if (least.people >= LEAST_PEOPLE || own.length === 1) break;
      let near = 1;
      const distance = (i: number) => (own[i]!.x - least.x) ** 2 + (own[i]!.y - least.y) ** 2;
      for (let i = 2; i < own.length; i++) if (distance(i) < distance(near)) near = i;
      const to = own[near]!;
      const people = to.people + least.people;
      const between = (a: number, b: number) => (a * to.people + b * least.people) / people;
      own.splice(near, 1, { group, people, x: between(to.x, least.x), y: between(to.y, least.y) });
      own.shift();
    }
    places.push(...own);
  }
  return places;
}

function sharedOf(figures: readonly StatementFigures[]): Shared[] {
  const shared: Shared[] = [];
  for (const { statement, groups, agreed, disagreed } of figures) {
    if (!groups) continue;
    const all = (key: 'agree' | 'disagree') => groups.every((one) => (one[key] + 1) / (one.seen + 2) >= SHARED_BY);
    if (all('agree')) shared.push({ statement, agrees: true, consensus: agreed! });
    else if (all('disagree')) shared.push({ statement, agrees: false, consensus: disagreed! });
  }
  return shared.sort((a, b) => b.consensus - a.consensus || (a.statement < b.statement ? -1 : 1));
}
