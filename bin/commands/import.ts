import { readFile } from 'node:fs/promises';
import { mapLayers, OsmError, readOsm } from '#engines/osm_extract/index.ts';
import { messagesOf, sentencesOf } from '#faces/api/sentences.ts';
import { import_organisations, ORGANISATION_KINDS, PHASES } from '#modules/groups/index.ts';
import { import_residents } from '#modules/people/index.ts';
import { doors_by_words, import_doors, import_grids, import_network } from '#modules/places/index.ts';
import { system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Environment } from '#platform/environment.ts';
import { translate } from '#platform/i18n.ts';
import { ask } from '#platform/query.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';
import { readTable } from '../read_table.ts';

type Refused = { line: number | null; column: string | null; code: string; message: string };
type Answer = { read: number; accepted: number; refused: Refused[] };

const DOOR = {
  estate: { words: ['estate', '小区', '院落'], needed: false },
  building: { words: ['building', '楼栋', '楼号', '栋'], needed: true },
  unit: { words: ['unit', '单元'], needed: false },
  floor: { words: ['floor', '楼层', '层'], needed: false },
  door: { words: ['door', '门牌', '室', '房号'], needed: true },
  latitude: { words: ['latitude', 'lat', '纬度'], needed: false },
  longitude: { words: ['longitude', 'lon', 'lng', '经度'], needed: false },
  street: { words: ['street', '街道', '道路'], needed: false },
};
const RESIDENT = {
  ...{ estate: DOOR.estate, building: DOOR.building, unit: DOOR.unit, door: DOOR.door },
  name: { words: ['name', '姓名'], needed: true },
  phone: { words: ['phone', '电话', '手机'], needed: false },
  born_in_year: { words: ['born_in_year', 'born', '出生年份', '出生年'], needed: false },
  relation: { words: ['relation', '关系'], needed: false },
};

const ORGANISATION = {
  kind: { words: ['kind', '类别', '类型'], needed: true },
  name_zh: { words: ['name_zh', '名称', '中文名'], needed: true },
  name_en: { words: ['name_en', '英文名'], needed: false },
  phase: { words: ['phase', '状态'], needed: false },
  parent: { words: ['parent', '上级'], needed: false },
  member_of: { words: ['member_of', '加入', '所属联盟'], needed: false },
  contact: { words: ['contact', '联系方式'], needed: false },
  registered_number: { words: ['registered_number', '登记证号'], needed: false },
};

/** Codes of kinds and phases by what either language calls them. */
function organisationWords(): Record<string, string> {
  const words: Record<string, string> = {};
  for (const locale of ['zh-CN', 'en'])
    for (const [group, codes] of [
      ['kinds', ORGANISATION_KINDS],
      ['phases', PHASES],
    ] as const)
      for (const code of codes)
        words[translate(messagesOf(locale), locale, `groups.${group}.${code}`).toLowerCase()] = code;
  return words;
}

/** Each kind of file: how it is read, and the command it is given to. */
const KINDS: Record<
  string,
  (
    environment: Environment,
    file: string,
  ) => Promise<{ command: Command<never, { read: number; accepted: number }>; input: unknown; read: number }>
> = {
  async doors(_environment, file) {
    const rows = (await readTable(file, DOOR)).map(({ line, cells }) => ({ line, ...cells }));
    return { command: import_doors as never, input: { rows }, read: rows.length };
  },
  async residents(environment, file) {
    const community = await environment.communityBySlug();
    const doors = await ask(environment, { actor: system, community, via: 'command_line' }, doors_by_words, {});
    const rows = (await readTable(file, RESIDENT)).map(({ line, cells }) => {
      const { estate = '', building, unit, door, ...person } = cells;
      return { line, household_id: doors.get(`${estate}/${building}/${unit || '1'}/${door}`) ?? '', ...person };
    });
    return { command: import_residents as never, input: { rows, verified_how: 'roster' }, read: rows.length };
  },
  async organisations(_environment, file) {
    const rows = (await readTable(file, ORGANISATION)).map(({ line, cells }) => ({ line, ...cells }));
    return { command: import_organisations as never, input: { rows, words: organisationWords() }, read: rows.length };
  },
  async grids(_environment, file) {
    const { features } = await readJson(file);
    return { command: import_grids as never, input: { features }, read: features?.length ?? 0 };
  },
  async network(_environment, file) {
    try {
      const extract = readOsm(await readBytes(file));
      const layers = mapLayers(extract);
      return {
        command: import_network as never,
        input: { layers, bounds: extract.bounds, attribution: '© OpenStreetMap contributors (ODbL)' },
        read: extract.ways.length,
      };
    } catch (error) {
      if (error instanceof OsmError)
        refuseInWords(error.code, `${file}: ${error.message}${placeOf(error)}.`, error.where);
      throw error;
    }
  },
};

export const command: CommandLine = {
  name: 'import',
  summary: 'Reads rosters, grids and networks, all or nothing.',
  usage: `yingmen import KIND FILE

  doors      CSV or XLSX: estate, building, unit, floor, door, latitude, longitude, street (小区、楼栋、单元、楼层、门牌、纬度、经度)
  residents  CSV or XLSX: estate, building, unit, door, name, phone, born_in_year, relation (姓名、电话、出生年份、关系)
  organisations  CSV or XLSX: kind, name_zh, name_en, phase, parent, member_of, contact, registered_number (类别、名称、英文名、状态、上级、加入、联系方式、登记证号)
  grids      GeoJSON: polygons with code, name and name_en
  network    an OpenStreetMap extract (.osm, .osm.pbf): the streets, waters and greens of the maps`,
  async run({ args }) {
    const [kind, file] = args;
    const read = KINDS[kind ?? ''];
    if (!read || !file) throw new UsageError(`import KIND FILE, where KIND is one of ${Object.keys(KINDS).join(', ')}`);
    return withInstallation(async (environment) => {
      const community = await environment
        .communityBySlug()
        .catch(() => refuseInWords('no_community', 'There is no neighbourhood yet: run yingmen found first.'));
      const { command: wanted, input, read: count } = await read(environment, file);
      try {
        const done = await perform(environment, { actor: system, community, via: 'command_line' }, wanted, input);
        return { ...done, refused: [] } satisfies Answer;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
        process.exitCode = 1;
        return { read: count, accepted: 0, refused: refusedRows(error) } satisfies Answer;
      }
    });
  },
  print(answer) {
    const { read, accepted, refused } = answer as Answer;
    const lines = refused.map((one) => `  line ${one.line ?? '–'}, ${one.column ?? ''}: ${one.message}`);
    return [
      `${read} read, ${accepted} accepted, ${refused.length} refused${refused.length > 0 ? '; nothing was written' : ''}.`,
      ...lines,
    ].join('\n');
  },
};

type Rule = Error & { code: string; where?: { line?: number; field?: string }; also?: Rule[] };

function refusedRows(error: Error): Refused[] {
  const rule = error as Rule;
  const sentences = sentencesOf(rule, 'en');
  return [rule, ...(rule.also ?? [])].map((one, i) => ({
    line: one.where?.line ?? null,
    column: one.where?.field ?? null,
    code: one.code,
    message: sentences[i]!.replace(/^\w+: /, ''),
  }));
}

/** The sentence itself tells bytes; lines and columns are told by whoever prints it. */
const placeOf = ({ where }: OsmError) => (where.byte === undefined ? '' : ` (byte ${where.byte})`);

function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) =>
    refuseInWords('file_unreadable', `${file} cannot be read (${error.code}).`),
  );
}

async function readJson(file: string): Promise<{ features?: unknown[] }> {
  const text = (await readBytes(file)).toString();
  try {
    return JSON.parse(text) as { features?: unknown[] };
  } catch (error) {
    return refuseInWords('file_broken', `${file} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}
