import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { stringify } from '#faces/documents/csv.ts';
import { export_grants } from '#modules/funds/index.ts';
import { type ListedOrganisation, list_organisations } from '#modules/groups/index.ts';
import { exportLog, keyOf } from '#modules/log/index.ts';
import { system } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask, query } from '#platform/query.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { ballotsFile } from '../ballots_file.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';

type Exported = { text: string; count: number };

/** Each kind of data as the text of its file. */
const KINDS: Record<string, (environment: Environment, community: Community, round?: string) => Promise<Exported>> = {
  async grants(environment, community) {
    const whole = await ask(environment, { actor: system, community, via: 'command_line' }, export_grants, {});
    return { text: `${JSON.stringify(whole, null, 2)}\n`, count: (whole.grants as unknown[]).length };
  },
  ballots: ballotsFile,
  async organisations(environment, community) {
    const all: ListedOrganisation[] = [];
    let after: string | null | undefined;
    do {
      const page = await ask(environment, { actor: system, community, via: 'command_line' }, list_organisations, {
        limit: 1000,
        after: after ?? undefined,
      });
      all.push(...page.organisations);
      after = page.next;
    } while (after);
    const nameOf = new Map(all.map((one) => [one.id, one.names['zh-CN']]));
    const heading = ['kind', 'name_zh', 'name_en', 'phase', 'parent', 'member_of', 'contact', 'registered_number'];
    const rows = all.map((one) => [
      ...[one.kind, one.names['zh-CN'], one.names.en, one.phase],
      one.parent_id ? (nameOf.get(one.parent_id) ?? '') : '',
      one.member_of[0] ? (nameOf.get(one.member_of[0]) ?? '') : '',
      ...[one.contact ?? '', one.registered_number ?? ''],
    ]);
    return { text: stringify([heading, ...rows]), count: all.length };
  },
};

/** The log is streamed: it is as long as everything that was ever decided. */
async function writeLog(environment: Environment, community: Community, file: string | undefined): Promise<number> {
  if (!file) throw new UsageError('export log FILE');
  const { verifier } = keyOf(environment, community);
  let count = 0;
  const write = query({
    name: 'log.export',
    reads: 'nobody',
    input: z.object({}),
    async run(ctx) {
      const lines = exportLog(ctx, { verifier });
      const counted = async function* () {
        for await (const text of lines) {
          count += text.split('\n').length - 1;
          yield text;
        }
      };
      await writeFile(file, counted()).catch((error: NodeJS.ErrnoException) =>
        refuseInWords('file_unwritable', `${file} cannot be written (${error.code}).`),
      );
    },
  });
  await ask(environment, { actor: system, community, via: 'command_line' }, write, {});
  return count;
}

export const command: CommandLine = {
  name: 'export',
  summary: 'Writes rosters and open data to a file, or to standard output.',
  usage: `yingmen export KIND [FILE] [--round N]

  grants         a package of the 360Giving Data Standard (JSON), as \`yingmen import grants\` reads it
  log            the tamper-evident log as lines of JSON, for \`yingmen verify\`
  organisations  CSV, as \`yingmen import organisations\` reads it
  ballots        the Pabulib file (.pb) of a venture round as it was hashed: of round N, else of the last that is closed`,
  async run({ args, json }) {
    const { positionals, values } = parseArgs({ args, options: { round: { type: 'string' } }, allowPositionals: true });
    const [kind, file] = positionals;
    const read = KINDS[kind ?? ''];
    if (!read && kind !== 'log')
      throw new UsageError(`export KIND [FILE], where KIND is one of log, ${Object.keys(KINDS).join(', ')}`);
    return withInstallation(async (environment) => {
      const community = await environment
        .communityBySlug()
        .catch(() => refuseInWords('no_community', 'There is no neighbourhood yet: run yingmen found first.'));
      if (kind === 'log' || !read) {
        const count = await writeLog(environment, community, file);
        return { read: count, accepted: count, refused: [], file };
      }
      const { text, count } = await read(environment, community, values.round);
      if (file) {
        await writeFile(file, text).catch((error: NodeJS.ErrnoException) =>
          refuseInWords('file_unwritable', `${file} cannot be written (${error.code}).`),
        );
        return { read: count, accepted: count, refused: [], file };
      }
      if (json) return { read: count, accepted: count, refused: [], text };
      process.stdout.write(text);
      return undefined;
    });
  },
  print: (answer) => `${(answer as { read: number }).read} written to ${(answer as { file: string }).file}.`,
};
