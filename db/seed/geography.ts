import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { layerOf, type OsmExtract, readOsmXml } from '#engines/osm_extract/index.ts';
import { boxOf } from '#modules/places/index.ts';
import { chanceOf } from './chance.ts';
import { ESTATES } from './names.ts';

export type Scale = 'small' | 'full';
export type Point = [longitude: number, latitude: number];
export type SeedBuilding = {
  code: string;
  estate: { 'zh-CN': string; en: string };
  number: string;
  street: string | null;
  footprint: Point[];
  longitude: number;
  latitude: number;
  levels: number;
  units: number;
  doors: number;
  grid: number;
};
export type SeedGrid = { code: string; names: { 'zh-CN': string; en: string }; boundary: Point[] };
export type Geography = {
  bounds: { south: number; west: number; north: number; east: number };
  grids: SeedGrid[];
  buildings: SeedBuilding[];
  layers: { layer: string; geojson: unknown }[];
};

/** How much of everything; the full figures are those of the place the product is modelled on. */
export const FIGURES = {
  small: { buildings: 120, households: 1_920, grids: 8 },
  full: { buildings: 2_000, households: 50_000, grids: 64 },
} as const;

const METRES = 111_320;
const SPACING_METRES = 34;
const CLEAR_METRES = 27;
const OFFSETS_METRES = [24, 58, 92, 126, 160];
const ALONG = new Set([
  'residential',
  'living_street',
  'service',
  'tertiary',
  'unclassified',
  'pedestrian',
  'secondary',
]);
const LIVED_IN = new Set(['residential', 'apartments', 'dormitory']);

export function readDemoExtract(): OsmExtract {
  return readOsmXml(gunzipSync(readFileSync(join(import.meta.dirname, 'beijing-tsinghua.osm.gz'))).toString());
}

/** The ground of the demonstration: real streets and buildings, more buildings along the streets, grids that tile the area. */
export function makeGeography(scale: Scale, seed: number, extract = readDemoExtract()): Geography {
  const wanted = FIGURES[scale];
  const bounds = extract.bounds!;
  const shrink = scale === 'small' ? 0.36 : 0;
  const area = {
    south: bounds.south + (bounds.north - bounds.south) * shrink,
    north: bounds.north - (bounds.north - bounds.south) * shrink * 0.5,
    west: bounds.west + (bounds.east - bounds.west) * shrink * 0.6,
    east: bounds.east - (bounds.east - bounds.west) * shrink,
  };
  const places = placeBuildings(extract, area, wanted.buildings);
  const cells = tile(places, area, wanted.grids);
  const grids = cells.map(({ boundary }, i) => ({
    code: `G${String(i + 1).padStart(2, '0')}`,
    names: { 'zh-CN': `第${i + 1}网格`, en: `Grid ${i + 1}` },
    boundary,
  }));
  const chance = chanceOf('buildings', seed);
  const share = Math.floor(wanted.households / places.length);
  let left = wanted.households;
  const buildings: SeedBuilding[] = [];
  cells.forEach(({ members }, grid) => {
    const halves = [members.slice(0, Math.ceil(members.length / 2)), members.slice(Math.ceil(members.length / 2))];
    halves.forEach((half, part) => {
      const estate = ESTATES[(grid * 2 + part) % ESTATES.length]!;
      half.forEach((place, i) => {
        const isLast = buildings.length === places.length - 1;
        const doors = isLast ? left : Math.max(4, share + chance.below(9) - 4);
        left -= doors;
        const units = 1 + (i % 3);
        const levels = Math.max(2, Math.ceil(doors / (units * 2)));
        buildings.push({
          ...place,
          code: `B${String(buildings.length + 1).padStart(4, '0')}`,
          estate,
          number: String(i + 1),
          levels,
          units,
          doors,
          grid,
        });
      });
    });
  });
  return { bounds: area, grids, buildings, layers: layersOf(extract, area) };
}

type Area = Geography['bounds'];
type Placed = Pick<SeedBuilding, 'street' | 'footprint' | 'longitude' | 'latitude'>;

const inside = (area: Area, [x, y]: Point, margin = 0) =>
  x > area.west + margin && x < area.east - margin && y > area.south + margin && y < area.north - margin;

/** Real buildings first, then rows along the streets, nearest to the street first, until there are enough. */
function placeBuildings(extract: OsmExtract, area: Area, wanted: number): Placed[] {
  const placed: Placed[] = [];
  const taken = new Map<string, Point[]>();
  const cell = CLEAR_METRES / METRES;
  const key = (x: number, y: number) => `${Math.floor(x / cell)}/${Math.floor(y / cell)}`;
  const isFree = ([x, y]: Point) => {
    for (const dx of [-cell, 0, cell]) {
      for (const dy of [-cell, 0, cell]) {
        for (const [ox, oy] of taken.get(key(x + dx, y + dy)) ?? [])
          if (Math.hypot((x - ox) * 0.766, y - oy) < cell) return false;
      }
    }
    return true;
  };
  const put = (point: Point, footprint: Point[], street: string | null) => {
    if (placed.length >= wanted || !inside(area, point, 0.0002) || !isFree(point)) return;
    const at = key(...point);
    taken.set(at, [...(taken.get(at) ?? []), point]);
    placed.push({ longitude: point[0], latitude: point[1], footprint, street });
  };
  for (const kind of [true, false]) {
    for (const way of extract.ways) {
      const building = way.tags.building;
      if (!building || LIVED_IN.has(building) !== kind || (!kind && building !== 'yes') || way.nodes.length < 4)
        continue;
      const ring = way.nodes.map((id) => pointOf(extract, id));
      put(centreOf(ring), ring, null);
    }
  }
  for (const offset of OFFSETS_METRES) {
    for (const way of extract.ways) {
      if (!ALONG.has(way.tags.highway ?? '')) continue;
      rowsAlong(
        way.nodes.map((id) => pointOf(extract, id)),
        offset,
        (point, footprint) => put(point, footprint, way.tags.name ?? null),
      );
    }
  }
  return placed;
}

function pointOf(extract: OsmExtract, id: number): Point {
  const node = extract.nodes.get(id)!;
  return [node.longitude, node.latitude];
}

function centreOf(ring: Point[]): Point {
  const corners = ring.slice(0, -1);
  return [
    corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
    corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
  ];
}

/** Houses on both sides of a line, their long side along it. */
function rowsAlong(line: Point[], offset: number, put: (point: Point, footprint: Point[]) => void): void {
  for (let i = 0; i + 1 < line.length; i++) {
    const [[x1, y1], [x2, y2]] = [line[i]!, line[i + 1]!];
    const stretch = Math.cos((y1 * Math.PI) / 180);
    const [dx, dy] = [(x2 - x1) * stretch * METRES, (y2 - y1) * METRES];
    const length = Math.hypot(dx, dy);
    if (length < SPACING_METRES / 2) continue;
    const [ux, uy] = [dx / length, dy / length];
    const toDegrees = (mx: number, my: number): Point => [x1 + mx / METRES / stretch, y1 + my / METRES];
    for (let along = SPACING_METRES / 2; along < length; along += SPACING_METRES) {
      for (const side of [1, -1]) {
        const [cx, cy] = [ux * along - uy * offset * side, uy * along + ux * offset * side];
        const corner = (a: number, b: number) => toDegrees(cx + ux * a - uy * b, cy + uy * a + ux * b);
        put(toDegrees(cx, cy), [corner(-13, -6), corner(13, -6), corner(13, 6), corner(-13, 6), corner(-13, -6)]);
      }
    }
  }
}

/** Cuts the area into `count` rectangles with about as many buildings each; they tile it without gap or overlap. */
function tile(places: Placed[], area: Area, count: number): { boundary: Point[]; members: Placed[] }[] {
  if (count === 1) {
    const members = [...places].sort((a, b) => b.latitude - a.latitude || a.longitude - b.longitude);
    return [{ boundary: boxOf(area).coordinates[0] as Point[], members }];
  }
  const first = Math.floor(count / 2);
  const isWide = (area.east - area.west) * 0.766 > area.north - area.south;
  const of = (place: Placed) => (isWide ? place.longitude : place.latitude);
  const sorted = [...places].sort((a, b) => of(a) - of(b) || a.latitude - b.latitude || a.longitude - b.longitude);
  const at = Math.round((sorted.length * first) / count);
  const cut = Math.round(((of(sorted[at - 1]!) + of(sorted[at]!)) / 2) * 1e6) / 1e6;
  const [low, high] = [sorted.filter((place) => of(place) < cut), sorted.filter((place) => of(place) >= cut)];
  const [lowArea, highArea] = isWide
    ? [
        { ...area, east: cut },
        { ...area, west: cut },
      ]
    : [
        { ...area, north: cut },
        { ...area, south: cut },
      ];
  return [...tile(low, lowArea, first), ...tile(high, highArea, count - first)];
}

/** What maps are drawn from, as GeoJSON by layer, cut to the area. */
function layersOf(extract: OsmExtract, area: Area) {
  const lines: Record<string, Point[][]> = { water: [], green: [], main: [], street: [], lane: [], path: [] };
  for (const way of extract.ways) {
    const layer = layerOf(way.tags);
    if (!layer) continue;
    const line = way.nodes.map((id) => pointOf(extract, id).map((degrees) => Math.round(degrees * 1e6) / 1e6) as Point);
    if (line.length > 1 && line.some((point) => inside(area, point, -0.001))) lines[layer]!.push(line);
  }
  return Object.entries(lines).map(([layer, all]) => ({
    layer,
    geojson: {
      type: layer === 'water' || layer === 'green' ? 'MultiPolygon' : 'MultiLineString',
      coordinates: layer === 'water' || layer === 'green' ? all.map((line) => [line]) : all,
    },
  }));
}
