import { readFileSync } from 'node:fs';
import type { CheckVerdict } from '#engines/merkle_log/index.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { verifyExport } from '../verify_export.ts';

export const command: CommandLine = {
  name: 'verify',
  summary: 'Checks an exported log without the server’s word.',
  usage: `yingmen verify FILE [HEAD]

  FILE  a log as the page /log and yingmen export log give it: signed heads and all entries.
        Needs no database: every head is checked against the entries, and the ledger they tell of is added up.
  HEAD  a file with a signed head that somebody kept: the log must have been that at its size`,
  async run({ args: [file, head] }) {
    if (!file) throw new UsageError('verify FILE [HEAD]');
    return verifyExport(file, head && readFileSync(head, 'utf8'));
  },
  print(answer) {
    const { ok, size, heads, transfers, root, findings } = answer as CheckVerdict;
    const lines = findings.slice(0, 50).map((one) => `  line ${one.line}: ${one.code} ${one.id}`);
    const said = `${size} entries, ${heads} signed heads, ${transfers} transfers, root ${root}`;
    return [`${ok ? 'It holds' : 'It does NOT hold'}: ${said}.`, ...lines].join('\n');
  },
};
