import { check_community } from '#modules/insight/index.ts';
import { keyOf } from '#modules/log/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { CommandLine } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';

type Finding = { community: string; code: string; kind: string; id: string; number?: number };
type Answer = { ok: boolean; findings: Finding[] };

export const command: CommandLine = {
  name: 'check',
  summary: 'Proves that nothing heard is lost.',
  usage:
    'yingmen check\n\n  Looks for open requests without owner or due date, rows that differ from their history, facts without a receipt,\n  transfers that do not balance, ballots that are not as many as the roll says, and a log that does not verify.',
  async run() {
    return withInstallation(async (environment) => {
      const findings: Finding[] = [];
      for (const community of await environment.allCommunities()) {
        const caller = { actor: system, community, via: 'command_line' };
        const { verifier } = keyOf(environment, community);
        const run = await perform(environment, caller, check_community, { verifier });
        findings.push(...run.findings.map((finding) => ({ community: community.slug, ...finding })));
      }
      return { ok: findings.length === 0, findings } satisfies Answer;
    });
  },
  print(answer) {
    const { ok, findings } = answer as Answer;
    if (ok)
      return 'Nothing is lost: every open request has an owner and a due date, the books balance, the log verifies.';
    return findings.map((one) => `${one.community}: ${one.code} ${one.kind} ${one.number ?? one.id}`).join('\n');
  },
};
