import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { OsmError, readOsm } from '#engines/osm_extract/index.ts';
import { minutesOf, type Point, WALKERS, type Walker, walkNetwork } from '#engines/walk_reach/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { readTable, type TableRow } from '../read_table.ts';

type Row = {
  from: string;
  to: string | null;
  network_metres: number | null;
  snap_from_metres: number | null;
  snap_to_metres: number | null;
  minutes: number | null;
};
type Answer = { rows: Row[]; vertices: number; edges: number; parse_ms: number; reach_ms: number };
type Place = Point & { id: string };

const COLUMNS = {
  id: { words: ['id', '编号'], needed: true },
  lat: { words: ['lat', 'latitude', '纬度'], needed: true },
  lon: { words: ['lon', 'lng', 'longitude', '经度'], needed: true },
};
const LIMITS = { lat: 90, lon: 180 } as const;

export const command: CommandLine = {
  name: 'reach',
  summary: 'From every point to its nearest point of another file, on foot.',
  usage: `yingmen reach NETWORK --from FILE.csv --to FILE.csv [--walker adult|elder|frail|child]

  NETWORK   an OpenStreetMap extract (.osm, .osm.pbf)
  --from    points: id, lat, lon (CSV or XLSX)
  --to      points of which the nearest along the network is found
  --walker  whose minutes are told: adult 1.11, elder 0.90, frail 0.75, child 0.90 m/s, slower on steps

  Vertices and edges are counted after chains are contracted. A point farther than 1,000 m from any way is on no network.`,
  async run({ args, progress }) {
    const wanted = readArgs(args);
    const from = await readPlaces(wanted.from);
    const to = await readPlaces(wanted.to);
    progress('Reading the network …');
    const bytes = await readFile(wanted.network);
    let began = performance.now();
    const network = networkOf(wanted.network, bytes);
    const parse_ms = elapsed(began);
    began = performance.now();
    const [origins, targets] = [network.snap(from), network.snap(to)];
    const nearest = network.nearest(origins, targets);
    const rows = from.map(({ id }, i): Row => {
      const target = nearest.target[i]!;
      const snap_from_metres = finite(origins.metres[i]!);
      if (target < 0)
        return { from: id, to: null, network_metres: null, snap_from_metres, snap_to_metres: null, minutes: null };
      return {
        from: id,
        to: to[target]!.id,
        network_metres: nearest.metres[i]!,
        snap_from_metres,
        snap_to_metres: targets.metres[target]!,
        minutes: minutesOf(wanted.walker, nearest.metres[i]!, nearest.steps_metres[i]!),
      };
    });
    const { vertices, edges } = network.graph;
    return { rows, vertices, edges, parse_ms, reach_ms: elapsed(began) } satisfies Answer;
  },
  print(answer) {
    const { rows, vertices, edges, parse_ms, reach_ms } = answer as Answer;
    const lines = rows.map(({ from, to, network_metres, minutes }) =>
      to === null
        ? `${from}: no way leads to any`
        : `${from}: ${to}, ${network_metres!.toFixed(0)} m, ${minutes!.toFixed(1)} min`,
    );
    return [...lines, `${vertices} vertices, ${edges} edges; read in ${parse_ms} ms, found in ${reach_ms} ms.`].join(
      '\n',
    );
  },
};

function readArgs(args: string[]): { network: string; from: string; to: string; walker: Walker } {
  try {
    const text = { type: 'string' } as const;
    const options = { from: text, to: text, walker: { ...text, default: 'adult' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [network, ...more] = positionals;
    if (!network || more.length > 0) throw new UsageError('One NETWORK is needed.');
    if (!values.from || !values.to) throw new UsageError('--from and --to are needed.');
    if (!Object.hasOwn(WALKERS, values.walker))
      throw new UsageError(`--walker is one of ${Object.keys(WALKERS).join(', ')}, not "${values.walker}".`);
    return { network, from: values.from, to: values.to, walker: values.walker as Walker };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function readPlaces(file: string): Promise<Place[]> {
  const rows = await readTable(file, COLUMNS);
  return rows.map((row) => {
    if (!row.cells.id) refuseCell(file, row, 'id', 'place_nameless', 'a point has no id');
    return { id: row.cells.id!, latitude: degrees(file, row, 'lat'), longitude: degrees(file, row, 'lon') };
  });
}

function degrees(file: string, row: TableRow, name: 'lat' | 'lon'): number {
  const text = row.cells[name] ?? '';
  const number = Number(text);
  if (text === '' || !Number.isFinite(number) || Math.abs(number) > LIMITS[name])
    refuseCell(
      file,
      row,
      name,
      'degrees_invalid',
      `"${text}" is not a ${name} from -${LIMITS[name]} to ${LIMITS[name]}`,
    );
  return number;
}

function refuseCell(file: string, row: TableRow, name: string, code: string, what: string): never {
  return refuseInWords(code, `${file}: ${what}.`, { line: row.line, column: row.columns[name] });
}

function networkOf(file: string, bytes: Uint8Array) {
  try {
    return walkNetwork(readOsm(bytes));
  } catch (error) {
    if (error instanceof OsmError) refuseInWords(error.code, sentenceOf(file, error), error.where);
    throw error;
  }
}

function sentenceOf(file: string, { message, where }: OsmError): string {
  return `${file}: ${message}${where.byte === undefined ? '' : ` (byte ${where.byte})`}.`;
}

const elapsed = (began: number) => Math.round((performance.now() - began) * 10) / 10;
const finite = (metres: number) => (Number.isFinite(metres) ? metres : null);
