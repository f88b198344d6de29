import { type CommandLine, UsageError } from '../command_line.ts';
import { type Verdict, verifyExport } from '../verify_export.ts';

export const command: CommandLine = {
  name: 'verify',
  summary: 'Checks an exported log without the server’s word.',
  usage: `yingmen verify FILE

  FILE  a log as the page /log and yingmen export log give it: signed heads and all entries.
        Needs no database: every head is checked against the entries, and the ledger they tell of is added up.`,
  async run({ args: [file] }) {
    if (!file) throw new UsageError('verify FILE');
    return verifyExport(file);
  },
  print(answer) {
    const { ok, size, heads, transfers, root, findings } = answer as Verdict;
    const lines = findings.slice(0, 50).map((one) => `  line ${one.line}: ${one.code} ${one.id}`);
    const said = `${size} entries, ${heads} signed heads, ${transfers} transfers, root ${root}`;
    return [`${ok ? 'It holds' : 'It does NOT hold'}: ${said}.`, ...lines].join('\n');
  },
};
