import { sentencesOf } from '#faces/api/sentences.ts';
import { IMPORT_KINDS, type ImportKind, readImport } from '#faces/documents/read_import.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { ask } from '#platform/query.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';
import { readBytesOf } from '../read_table.ts';

type Refused = { line: number | null; column: string | null; code: string; message: string };
type Answer = { read: number; accepted: number; refused: Refused[] };

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
    const [asked, file] = args;
    const kind = IMPORT_KINDS.find((one) => one === asked);
    if (!kind || !file) throw new UsageError(`import KIND FILE, where KIND is one of ${IMPORT_KINDS.join(', ')}`);
    return bringIn(kind, await readBytesOf(file));
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

function bringIn(kind: ImportKind, bytes: Buffer): Promise<Answer> {
  return withInstallation(async (environment) => {
    const community = await environment
      .communityBySlug()
      .catch(() => refuseInWords('no_community', 'There is no neighbourhood yet: run yingmen found first.'));
    const caller = { actor: system, community, via: 'command_line' };
    let read = 0;
    try {
      const file = await readImport(kind, bytes, (query, input) => ask(environment, caller, query, input));
      read = file.read;
      return { ...(await perform(environment, caller, file.command, file.input)), refused: [] };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
      process.exitCode = 1;
      return { read, accepted: 0, refused: refusedRows(error) };
    }
  });
}

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
