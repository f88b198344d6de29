/**
 * Walks between random buildings and facilities, ours beside Valhalla's pedestrian router on the same extract.
 *
 *   cd bench/valhalla && npm install && node compare.ts ../../../shared/data/osm/monaco.osm.pbf [PAIRS]
 *
 * Needs python3 (Valhalla's own script for its settings). Tiles are built in a temporary folder and removed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OsmExtract, readOsm } from '../../engines/osm_extract/index.ts';
import { writeOsmPbf } from '../../engines/osm_extract/write_pbf.ts';
import { type Point, walkNetwork } from '../../engines/walk_reach/index.ts';

type Route = { trip: { summary: { length: number }; legs: { shape: string }[] } };
type Router = { route(query: unknown): Promise<Route> };
type Valhalla = {
  getConfig(options: { tileDir: string; tileExtract: string }): Promise<{ mjolnir: { tile_extract?: string } }>;
  Actor: new (config: unknown) => Router;
};
/** One walk both ways of finding it; snaps are metres from the point to where each router put it onto the network. */
type Walk = { from: Point; to: Point; ours: number; theirs: number; snaps: { ours: number[]; theirs: number[] } };

const FARTHEST_METRES = 1500;
const PACKAGE = '@valhallajs/valhallajs';

async function compare(extract: OsmExtract, count: number): Promise<Walk[]> {
  const router = await openValhalla(extract);
  const network = walkNetwork(extract);
  const walks: Walk[] = [];
  for (const [from, to] of pairsOf(extract, count)) {
    const [a, b] = [network.snap([from]), network.snap([to])];
    const ours = network.matrix(a, b)[0]!;
    const found = await shortestOf(router, from, to);
    const shape = found ? lineOf(found.trip.legs[0]!.shape) : [];
    const theirs = found ? found.trip.summary.length * 1000 : Infinity;
    const snaps = found ? [crow(from, shape[0]!), crow(to, shape.at(-1)!)] : [];
    walks.push({ from, to, ours, theirs, snaps: { ours: [a.metres[0]!, b.metres[0]!], theirs: snaps } });
  }
  return walks;
}

async function openValhalla(extract: OsmExtract) {
  const { getConfig, Actor } = (await import(PACKAGE)) as Valhalla;
  const config = await getConfig({ tileDir: join(folder, 'tiles'), tileExtract: join(folder, 'tiles.tar') });
  delete config.mjolnir.tile_extract;
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'extract.osm.pbf'), writeOsmPbf(extract));
  const cli = join(import.meta.dirname, 'node_modules', PACKAGE, 'bin', 'valhalla-cli.js');
  const build = ['build_tiles', '-c', join(folder, 'config.json'), join(folder, 'extract.osm.pbf')];
  const { status, stderr } = spawnSync(process.execPath, [cli, ...build], { encoding: 'utf8', cwd: folder });
  if (status !== 0) throw new Error(`Valhalla cannot build its tiles: ${stderr}`);
  return new Actor(config);
}

/**
 * Valhalla's `shortest` is not always the shortest it knows: its search from both ends stops early. It is asked three ways
 * (shortest; as it comes; with every preference taken out), and the shortest of its own answers counts.
 */
const COSTINGS = [
  { shortest: true, max_hiking_difficulty: 6 },
  { max_hiking_difficulty: 6 },
  {
    ...{ max_hiking_difficulty: 6, alley_factor: 1, driveway_factor: 1, walkway_factor: 1, sidewalk_factor: 1 },
    ...{ step_penalty: 0, service_penalty: 0, service_factor: 1, destination_only_penalty: 0, gate_penalty: 0 },
    ...{ maneuver_penalty: 0, country_crossing_penalty: 0, private_access_penalty: 0 },
  },
];

async function shortestOf(router: Router, from: Point, to: Point): Promise<Route | null> {
  const place = ({ latitude, longitude }: Point) => ({ lat: latitude, lon: longitude });
  const found: Route[] = [];
  for (const pedestrian of COSTINGS) {
    const query = { locations: [place(from), place(to)], costing: 'pedestrian', costing_options: { pedestrian } };
    const route = await router.route({ ...query, units: 'kilometers' }).catch(() => null);
    if (route) found.push(route);
  }
  return found.sort((a, b) => a.trip.summary.length - b.trip.summary.length)[0] ?? null;
}

/** Random buildings, each with a random facility within the fifteen-minute circle; the same ones every time. */
function pairsOf(extract: OsmExtract, count: number): [Point, Point][] {
  const buildings = extract.ways
    .filter(({ tags, nodes }) => tags.building && nodes.length > 3)
    .map(({ nodes }) => middleOf(nodes.map((id) => extract.nodes.get(id)!)));
  const facilities = [...extract.nodes.withTags()].filter(({ tags }) => tags.amenity || tags.shop || tags.leisure);
  let seed = 1;
  const chance = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pairs: [Point, Point][] = [];
  while (pairs.length < count) {
    const [from, to] = [buildings[chance(buildings.length)]!, facilities[chance(facilities.length)]!];
    if (crow(from, to) <= FARTHEST_METRES) pairs.push([from, to]);
  }
  return pairs;
}

function middleOf(points: Point[]): Point {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}

function crow(a: Point, b: Point): number {
  const scale = Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot((a.longitude - b.longitude) * scale, a.latitude - b.latitude) * 111_195;
}

/** Valhalla's lines: differences of millionths of a degree, five bits a character (Google's encoded polyline). */
function lineOf(text: string): Point[] {
  const points: Point[] = [];
  let [at, latitude, longitude] = [0, 0, 0];
  const next = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = text.charCodeAt(at++) - 63;
      value |= (byte & 31) << shift;
      shift += 5;
    } while (byte >= 32);
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  while (at < text.length) {
    latitude += next();
    longitude += next();
    points.push({ latitude: latitude / 1e6, longitude: longitude / 1e6 });
  }
  return points;
}

function report(walks: Walk[]): void {
  const both = walks.filter(({ ours, theirs }) => Number.isFinite(ours) && Number.isFinite(theirs));
  const away = both.map(({ ours, theirs }) => Math.abs(ours - theirs)).sort((a, b) => a - b);
  const at = (share: number) => away[Math.min(away.length - 1, Math.floor(share * away.length))]!.toFixed(2);
  process.stdout.write(
    `${walks.length} walks, ${both.length} found by both: median ${at(0.5)} m, p90 ${at(0.9)} m, p99 ${at(0.99)} m\n`,
  );
  for (const { from, to, ours, theirs, snaps } of walks) {
    if (ours === theirs || Math.abs(ours - theirs) <= 100) continue;
    const place = ({ latitude, longitude }: Point) => `${latitude.toFixed(6)},${longitude.toFixed(6)}`;
    const metres = (all: number[]) => all.map((one) => one.toFixed(1)).join(' ');
    process.stdout.write(
      `${place(from)} ${place(to)} ours ${ours.toFixed(0)} theirs ${theirs.toFixed(0)}; snaps ours ${metres(snaps.ours)} theirs ${metres(snaps.theirs)}\n`,
    );
  }
}

const [file, pairs = '500'] = process.argv.slice(2);
if (!file) throw new Error('node compare.ts EXTRACT [PAIRS]');
const folder = mkdtempSync(join(tmpdir(), 'yingmen-valhalla-'));
try {
  report(await compare(readOsm(readFileSync(file)), Number(pairs)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
