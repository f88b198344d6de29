import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { WITNESSES } from '#modules/insight/index.ts';
import { keyOf, prove_entry, show_log, verifyLog } from '#modules/log/index.ts';
import { system } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { isId } from '#platform/ids.ts';
import { ask, query } from '#platform/query.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';

const usage = `yingmen log verify [--head FILE]
yingmen log prove ID
yingmen log head

  verify  makes the log anew from the journal and compares facts, leaves, nodes, heads and the ledger;
          --head FILE: a signed head that somebody kept, which must still hold
  prove   the proof that a fact (or the latest about a transfer, a motion …) is in the log
  head    the latest signed head, and the key that it is checked with`;

export const command: CommandLine = {
  name: 'log',
  summary: 'The tamper-evident log: verify, prove, head.',
  usage,
  async run({ args }) {
    const [what, ...rest] = args;
    const run = what && Object.hasOwn(PARTS, what) ? PARTS[what] : undefined;
    if (!run) throw new UsageError('log verify, log prove ID or log head');
    return withInstallation(async (environment) => {
      const community = await environment
        .communityBySlug()
        .catch(() => refuseInWords('no_community', 'There is no neighbourhood yet: run yingmen found first.'));
      return run(environment, community, rest);
    });
  },
  print(answer) {
    const { ok, size, root, findings, note } = answer as {
      ok?: boolean;
      size: number;
      root: string;
      note?: string;
      findings?: { code: string; table: string; id: string }[];
    };
    if (note) return note;
    if (!findings) return JSON.stringify(answer, null, 2);
    const lines = findings.map((one) => `  ${one.code}: ${one.table} ${one.id}`);
    return [`${ok ? 'The log holds' : 'The log does NOT hold'}: ${size} entries, root ${root}.`, ...lines].join('\n');
  },
};

type Part = (environment: Environment, community: Community, args: string[]) => Promise<unknown>;

const PARTS: Record<string, Part> = {
  async verify(environment, community, args) {
    const file = args[0] === '--head' ? (args[1] ?? missing('--head FILE')) : undefined;
    const head =
      file &&
      (await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
        refuseInWords('file_unreadable', `${file} cannot be read (${error.code}).`),
      ));
    const { verifier } = keyOf(environment, community);
    const verify = query({
      name: 'log.verify',
      reads: 'nobody',
      input: z.object({}),
      run: (ctx) => verifyLog(ctx, { verifier, head: head || undefined, witnesses: WITNESSES }),
    });
    return ask(environment, { actor: system, community, via: 'command_line' }, verify, {});
  },
  async prove(environment, community, [id]) {
    if (!isId(id)) missing('log prove ID');
    const proof = await ask(environment, { actor: system, community, via: 'command_line' }, prove_entry, { id }).catch(
      (error) =>
        (error as { code?: string }).code === 'not_found'
          ? refuseInWords('not_found', `No entry of the log tells of ${id}; entries appear about a minute after.`)
          : Promise.reject(error),
    );
    return { ...proof, verifier: keyOf(environment, community).verifier };
  },
  async head(environment, community) {
    const { heads } = await ask(environment, { actor: system, community, via: 'command_line' }, show_log, { heads: 1 });
    const [head] = heads;
    if (!head) return refuseInWords('no_head', 'No head has been signed yet: one is, every hour.');
    const { verifier } = keyOf(environment, community);
    return {
      size: head.size,
      root: head.root.toString('hex'),
      signed_at: head.signed_at.toISOString(),
      note: head.note,
      verifier,
    };
  },
};

function missing(what: string): never {
  throw new UsageError(`${what} is needed`);
}
