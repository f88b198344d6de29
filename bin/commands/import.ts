import { parseArgs } from 'node:util';
import { sentencesOf } from '#faces/api/sentences.ts';
import { readBankStatement } from '#faces/documents/read_bank_statement.ts';
import { IMPORT_KINDS, type ReadImport, readImport } from '#faces/documents/read_import.ts';
import { import_bank_statement, import_grants, list_bank_formats, show_reconciliation } from '#modules/funds/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { ask } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { readBallots } from '../ballots_file.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';
import { readBytesOf } from '../read_table.ts';

type Refused = { line: number | null; column: string | null; code: string; message: string };
type Answer = { read: number; accepted: number; refused: Refused[] };

export const command: CommandLine = {
  name: 'import',
  summary: 'Reads rosters, grids, networks, bank statements, grants and ballots, all or nothing.',
  usage: `yingmen import KIND FILE

  doors      CSV or XLSX: estate, building, unit, floor, door, latitude, longitude, street (小区、楼栋、单元、楼层、门牌、纬度、经度)
  residents  CSV or XLSX: estate, building, unit, door, name, phone, born_in_year, relation (姓名、电话、出生年份、关系)
  organisations  CSV or XLSX: kind, name_zh, name_en, phase, parent, member_of, contact, registered_number (类别、名称、英文名、状态、上级、加入、联系方式、登记证号)
  grids      GeoJSON: polygons with code, name and name_en
  network    an OpenStreetMap extract (.osm, .osm.pbf): the streets, waters and greens of the maps
  bank_statement [--account ID] [--format CODE]  CSV of a bank, by the formats of the vocabulary; the only bank account without --account
  grants     a package of the 360Giving Data Standard (JSON)
  ballots    a Pabulib file (.pb): a vote that was held elsewhere, as a closed round with its result`,
  async run({ args }) {
    const text = { type: 'string' } as const;
    const options = { account: text, format: text };
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    const [kind, file] = positionals;
    const read = READERS.get(kind ?? '');
    if (!read || !file)
      throw new UsageError(`import KIND FILE, where KIND is one of ${[...READERS.keys()].join(', ')}`);
    const bytes = await readBytesOf(file);
    return bringIn((ask) => read(bytes, ask, values));
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

type Ask = Parameters<typeof readImport>[2];
type Named = { account?: string; format?: string };
type Reader = (bytes: Buffer, ask: Ask, named: Named) => Promise<ReadImport> | ReadImport;

/** How each kind of file is read. */
const READERS = new Map<string, Reader>([
  ...IMPORT_KINDS.map((kind): [string, Reader] => [kind, (bytes, ask) => readImport(kind, bytes, ask)]),
  ['bank_statement', readStatement],
  ['grants', readPackage],
  ['ballots', readBallots],
]);

/** A bank statement, into the account that is named or the only one there is. */
async function readStatement(bytes: Buffer, ask: Ask, named: Named): Promise<ReadImport> {
  const banks = (await ask(show_reconciliation, {})).banks;
  const account = banks.find((one) => (named.account ? one.id === named.account : banks.length === 1));
  if (!account) refuse('account_unknown', {}, { field: 'account_id' });
  const { format, rows } = readBankStatement(bytes, await ask(list_bank_formats, {}), named.format);
  const file_sha256 = sha256(bytes).toString('hex');
  const input = { account_id: account.id, format, file_sha256, rows };
  return { command: import_bank_statement as never, input, read: rows.length };
}

/** A package of grants; what is no JSON is refused with where it breaks. */
function readPackage(bytes: Buffer): ReadImport {
  let input: { grants?: unknown };
  try {
    input = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const byte = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const before = bytes.toString('utf8').slice(0, byte).split('\n');
    return refuse('json_broken', {}, { line: before.length, column: before.at(-1)!.length + 1 });
  }
  const count = Array.isArray(input?.grants) ? input.grants.length : 0;
  return { command: import_grants as never, input, read: count };
}

function bringIn(reading: (ask: Ask) => Promise<ReadImport> | ReadImport): Promise<Answer> {
  return withInstallation(async (environment) => {
    const community = await environment
      .communityBySlug()
      .catch(() => refuseInWords('no_community', 'There is no neighbourhood yet: run yingmen found first.'));
    const caller = { actor: system, community, via: 'command_line' };
    let read = 0;
    try {
      const file = await reading((query, input) => ask(environment, caller, query, input));
      read = file.read;
      return { ...(await perform(environment, caller, file.command, file.input)), refused: [] };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
      process.exitCode = 1;
      return { read, accepted: 0, refused: refusedRows(error) };
    }
  });
}

type Rule = Error & { code: string; where?: { line?: number; column?: number; field?: string }; also?: Rule[] };

function refusedRows(error: Error): Refused[] {
  const rule = error as Rule;
  const sentences = sentencesOf(rule, 'en');
  return [rule, ...(rule.also ?? [])].map((one, i) => ({
    line: one.where?.line ?? null,
    column: one.where?.field ?? (one.where?.column === undefined ? null : String(one.where.column)),
    code: one.code,
    message: sentences[i]!.replace(/^\w+: /, ''),
  }));
}
