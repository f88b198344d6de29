import { mapLayers, OsmError, readOsm } from '#engines/osm_extract/index.ts';
import { messagesOf } from '#faces/api/sentences.ts';
import { import_organisations, ORGANISATION_KINDS, PHASES } from '#modules/groups/index.ts';
import { import_residents } from '#modules/people/index.ts';
import { doors_by_words, import_doors, import_grids, import_network } from '#modules/places/index.ts';
import type { Command } from '#platform/command.ts';
import { translate } from '#platform/i18n.ts';
import type { Query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { type Columns, readTable } from './read_table.ts';

export const IMPORT_KINDS = ['doors', 'residents', 'organisations', 'grids', 'network'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

const DOOR = {
  estate: { words: ['estate', '小区', '院落'], needed: false },
  building: { words: ['building', '楼栋', '楼号', '栋'], needed: true },
  unit: { words: ['unit', '单元'], needed: false },
  floor: { words: ['floor', '楼层', '层'], needed: false },
  door: { words: ['door', '门牌', '室', '房号'], needed: true },
  latitude: { words: ['latitude', 'lat', '纬度'], needed: false },
  longitude: { words: ['longitude', 'lon', 'lng', '经度'], needed: false },
  street: { words: ['street', '街道', '道路'], needed: false },
} satisfies Columns;
const RESIDENT = {
  ...{ estate: DOOR.estate, building: DOOR.building, unit: DOOR.unit, door: DOOR.door },
  name: { words: ['name', '姓名'], needed: true },
  phone: { words: ['phone', '电话', '手机'], needed: false },
  born_in_year: { words: ['born_in_year', 'born', '出生年份', '出生年'], needed: false },
  relation: { words: ['relation', '关系'], needed: false },
} satisfies Columns;
const ORGANISATION = {
  kind: { words: ['kind', '类别', '类型'], needed: true },
  name_zh: { words: ['name_zh', '名称', '中文名'], needed: true },
  name_en: { words: ['name_en', '英文名'], needed: false },
  phase: { words: ['phase', '状态'], needed: false },
  parent: { words: ['parent', '上级'], needed: false },
  member_of: { words: ['member_of', '加入', '所属联盟'], needed: false },
  contact: { words: ['contact', '联系方式'], needed: false },
  registered_number: { words: ['registered_number', '登记证号'], needed: false },
} satisfies Columns;

/** The tables among the kinds, by their columns: what a sample file is headed with. */
export const TABLES: Partial<Record<ImportKind, Columns>> = {
  doors: DOOR,
  residents: RESIDENT,
  organisations: ORGANISATION,
};

/** A file as the command that brings it in takes it. `read` counts rows, shapes or ways. */
export type ReadImport = { command: Command<never, Imported>; input: unknown; read: number };
export type Imported = { read: number; accepted: number } & Record<string, number>;
type Ask = <Input, Answer>(query: Query<Input, Answer>, input: unknown) => Promise<Answer>;

/** Reads a file of a kind. What cannot be read is refused with its line; what the rows say is judged by the command. */
export async function readImport(kind: ImportKind, bytes: Buffer, ask: Ask): Promise<ReadImport> {
  if (kind === 'doors') {
    const rows = (await readTable(bytes, DOOR)).map(({ line, cells }) => ({ line, ...cells }));
    return { command: import_doors as never, input: { rows }, read: rows.length };
  }
  if (kind === 'residents') {
    const doors = await ask(doors_by_words, {});
    const rows = (await readTable(bytes, RESIDENT)).map(({ line, cells }) => {
      const { estate = '', building, unit, door, ...person } = cells;
      return { line, household_id: doors.get(`${estate}/${building}/${unit || '1'}/${door}`) ?? '', ...person };
    });
    return { command: import_residents as never, input: { rows, verified_how: 'roster' }, read: rows.length };
  }
  if (kind === 'organisations') {
    const rows = (await readTable(bytes, ORGANISATION)).map(({ line, cells }) => ({ line, ...cells }));
    return { command: import_organisations as never, input: { rows, words: organisationWords() }, read: rows.length };
  }
  if (kind === 'grids') {
    const { features } = readJson(bytes);
    return { command: import_grids as never, input: { features }, read: features?.length ?? 0 };
  }
  return readNetwork(bytes);
}

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

function readNetwork(bytes: Buffer): ReadImport {
  try {
    const extract = readOsm(bytes);
    const attribution = '© OpenStreetMap contributors (ODbL)';
    const input = { layers: mapLayers(extract), bounds: extract.bounds, attribution };
    return { command: import_network as never, input, read: extract.ways.length };
  } catch (error) {
    if (error instanceof OsmError) refuse('network_broken', { why: error.message + placeOf(error) }, error.where);
    throw error;
  }
}

/** Lines and columns have places of their own in a report; a byte is told in the sentence. */
const placeOf = ({ where }: OsmError) => (where.byte === undefined ? '' : ` (byte ${where.byte})`);

function readJson(bytes: Buffer): { features?: unknown[] } {
  try {
    const json = JSON.parse(bytes.toString('utf8')) as { features?: unknown[] } | null;
    return json ?? {};
  } catch {
    return refuse('geojson_wrong', {}, { line: 1 });
  }
}
