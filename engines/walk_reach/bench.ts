import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contract } from './contract.ts';
import type { RawNetwork, WalkGraph } from './graph.ts';
import { CATEGORIES, type Extract, findBuildings, findFacilities, reachAll, walkNetwork } from './index.ts';
import { findNearest } from './nearest.ts';
import { readNetwork } from './read_network.ts';
import { Search } from './shortest.ts';
import type { Snapped } from './snap.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit?: string; note?: string };
type Progress = (text: string) => void;

const BENCH = fileURLToPath(new URL('../../bench/', import.meta.url));
const dataFile = (name: string) => fileURLToPath(new URL(`../../../shared/data/osm/${name}`, import.meta.url));
const COPIES = 13;
const SOURCES = 40;

/** Whole towns where their extracts are at hand, and one category over 300,000 vertices beside Boost and ngraph.path. */
export async function rows(progress: Progress = () => {}): Promise<Row[]> {
  const monaco = dataFile('monaco.osm.pbf');
  if (!existsSync(monaco)) {
    progress('walk_reach: ../shared/data/osm is not here, so nothing was measured');
    return [];
  }
  const { readOsm } = (await import(new URL('../osm_extract/index.ts', import.meta.url).href)) as {
    readOsm(bytes: Uint8Array): Extract;
  };
  const found: Row[] = [];
  for (const [file, name, limits] of [
    ['monaco.osm.pbf', 'Monaco', { parse: 200, reach: 100 }],
    ['beijing-tsinghua.osm', 'Beijing district', { parse: null, reach: 10 }],
  ] as const) {
    progress(`walk_reach: ${name}`);
    found.push(...town(readFileSync(dataFile(file)), name, limits, readOsm));
  }
  progress('walk_reach: one category over 300,000 vertices');
  found.push(...(await oneCategory(readNetwork(readOsm(readFileSync(monaco))), progress)));
  return found;
}

function town(
  bytes: Uint8Array,
  name: string,
  limits: { parse: number | null; reach: number },
  readOsm: (bytes: Uint8Array) => Extract,
): Row[] {
  const parse = timed(12, () => readOsm(bytes));
  const extract = readOsm(bytes);
  const build = timed(12, () => walkNetwork(extract));
  const network = walkNetwork(extract);
  const facilities = findFacilities(extract, CATEGORIES);
  const categories = CATEGORIES.filter(({ key }) => facilities.get(key)!.length > 0).slice(0, 13);
  const buildings = findBuildings(extract);
  const reach = timed(25, () => reachAll(network, buildings, categories, facilities));
  const row = (what: string, ours: number, note: string): Row => {
    return { name: `walk_reach: ${name}, ${what}`, ours, theirs: null, ratio: null, unit: 'ms', note };
  };
  return [
    row('extract read', parse, limits.parse === null ? 'XML' : `PBF; goal ${limits.parse} ms`),
    row('network made', build, `${network.graph.vertices} vertices, ${network.graph.edges} edges, grid`),
    row(
      `${categories.length} categories × ${buildings.length} buildings`,
      reach,
      `all points put onto the network, all searches; goal ${limits.reach} ms`,
    ),
  ];
}

/** The least of `count` runs, in milliseconds: other work on the machine only ever adds to it. */
function timed(count: number, run: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    run();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

async function oneCategory(town: RawNetwork, progress: Progress): Promise<Row[]> {
  const network = copies(town, COPIES);
  const vertices = network.latitude.length;
  const graph = contract(network);
  const search = new Search(graph);
  // Every vertex of the raw network is an origin, so that ours gives no less than the others.
  const places = placesOf(network, graph);
  const sources = Array.from({ length: SOURCES }, (_, i) => Math.floor(((i + 0.5) * vertices) / SOURCES));
  const to = pick(places, sources);
  let sum = 0;
  let [ours, searchAlone] = [Infinity, Infinity];
  const measureOurs = () => {
    let answer: Float64Array = new Float64Array();
    const find = () => {
      answer = findNearest(search, places, to).metres;
    };
    ours = Math.min(ours, timed(8, find));
    sum = answer.reduce((total, one) => (one < Infinity ? total + one : total), 0);
    searchAlone = Math.min(
      searchAlone,
      timed(8, () => findNearest(search, to, to)),
    );
  };
  const besideBoost = boost(network, sources, measureOurs);
  const rows: Row[] = [];
  const add = (
    name: string,
    theirs: { ms: number; sum: number } | string,
    ratio: (theirs: number) => number,
    goal: string,
  ) => {
    if (typeof theirs === 'string') return progress(theirs);
    if (Math.abs(theirs.sum - sum) > 1e-6 * vertices) throw new Error(`the sums differ: ${theirs.sum} and ${sum}`);
    rows.push({
      ...{ name: `walk_reach: one category, ${vertices} vertices, ${name}`, ours, theirs: theirs.ms, unit: 'ms' },
      ...{
        ratio: ratio(theirs.ms),
        note: `${goal}; the search alone ${searchAlone.toFixed(1)} ms; same sum of metres`,
      },
    });
  };
  add('Boost', besideBoost, (theirs) => ours / theirs, 'theirs: Boost, not contracted; goal ≤ 0.35');
  add('ngraph', await ngraph(network, sources), (theirs) => theirs / ours, 'ratio: times faster than ngraph; goal ≥ 8');
  return rows;
}

/** Copies of a town side by side, each joined to the next at some of its vertices. */
function copies(town: RawNetwork, count: number): RawNetwork {
  const [vertices, segments] = [town.latitude.length, town.segment_from.length];
  const joints = Array.from({ length: 20 }, (_, i) => town.segment_from[Math.floor((i * segments) / 20)]!);
  const all = segments * count + joints.length * (count - 1);
  const network: RawNetwork = {
    latitude: new Float64Array(vertices * count),
    longitude: new Float64Array(vertices * count),
    segment_from: new Int32Array(all),
    segment_to: new Int32Array(all),
    segment_metres: new Float64Array(all),
    segment_is_steps: new Uint8Array(all),
  };
  let at = 0;
  for (let copy = 0; copy < count; copy++) {
    network.latitude.set(town.latitude, copy * vertices);
    network.longitude.set(
      town.longitude.map((degrees) => degrees + copy * 0.2),
      copy * vertices,
    );
    network.segment_from.set(
      town.segment_from.map((v) => v + copy * vertices),
      at,
    );
    network.segment_to.set(
      town.segment_to.map((v) => v + copy * vertices),
      at,
    );
    network.segment_metres.set(town.segment_metres, at);
    at += segments;
  }
  for (let copy = 1; copy < count; copy++) {
    for (const joint of joints) {
      network.segment_from[at] = joint + (copy - 1) * vertices;
      network.segment_to[at] = joint + copy * vertices;
      network.segment_metres[at++] = 800;
    }
  }
  return network;
}

/** Where each raw vertex lies on the contracted network. */
function placesOf(network: RawNetwork, graph: WalkGraph): Snapped {
  const points = new Int32Array(network.latitude.length).fill(-1);
  for (let p = 0; p < graph.point_raw.length; p++) points[graph.point_raw[p]!] = p;
  const column = (of: Float64Array) => Float64Array.from(points, (p) => of[p] ?? 0);
  return {
    count: points.length,
    edge: points.map((p) => graph.point_edge[p] ?? -1),
    along: column(graph.point_along),
    steps_along: column(graph.point_steps),
    metres: new Float64Array(points.length),
  };
}

function pick(places: Snapped, chosen: number[]): Snapped {
  const column = (of: Float64Array) => Float64Array.from(chosen, (i) => of[i]!);
  return {
    count: chosen.length,
    edge: Int32Array.from(chosen, (i) => places.edge[i]!),
    along: column(places.along),
    steps_along: column(places.steps_along),
    metres: column(places.metres),
  };
}

/**
 * Compiles bench/boost in a temporary folder, and runs it in turns with ours, so that both meet the same machine; a sentence
 * when g++ or Boost is absent.
 */
function boost(network: RawNetwork, sources: number[], measureOurs: () => void): { ms: number; sum: number } | string {
  const folder = mkdtempSync(join(tmpdir(), 'yingmen-boost-'));
  try {
    const program = join(folder, 'dijkstra');
    const built = spawnSync('g++', ['-O3', '-DNDEBUG', '-o', program, join(BENCH, 'boost', 'dijkstra.cpp')]);
    const isThere = built.status === 0;
    const head = [network.latitude.length, network.segment_from.length, sources.length];
    const numbers = Int32Array.from([...head, ...network.segment_from, ...network.segment_to, ...sources]);
    const bytes = (of: Int32Array | Float64Array) => Buffer.from(of.buffer, of.byteOffset, of.byteLength);
    writeFileSync(join(folder, 'network'), Buffer.concat([bytes(numbers), bytes(network.segment_metres)]));
    const theirs = { ms: Infinity, sum: 0 };
    for (let round = 0; round < 5; round++) {
      measureOurs();
      if (!isThere) continue;
      const { stdout } = spawnSync(program, [join(folder, 'network')], { encoding: 'utf8' });
      const { least_ms, sum_metres } = JSON.parse(stdout) as { least_ms: number; sum_metres: number };
      theirs.ms = Math.min(theirs.ms, least_ms);
      theirs.sum = sum_metres;
    }
    return isThere ? theirs : 'walk_reach: no Boost beside it (apt-get install g++ libboost-graph-dev)';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same search from ngraph.graph and the heap of ngraph.path; a sentence when bench/ngraph is not installed. */
async function ngraph(network: RawNetwork, sources: number[]): Promise<{ ms: number; sum: number } | string> {
  const file = join(BENCH, 'ngraph', 'dijkstra.js');
  if (!existsSync(join(BENCH, 'ngraph', 'node_modules')))
    return 'walk_reach: no ngraph beside it (npm install in bench/ngraph)';
  const { build, search } = (await import(pathToFileURL(file).href)) as {
    build(network: RawNetwork): unknown;
    search(graph: unknown, sources: number[]): number;
  };
  const graph = build(network);
  let sum = 0;
  const ms = timed(5, () => {
    sum = search(graph, sources);
  });
  return { ms, sum };
}
