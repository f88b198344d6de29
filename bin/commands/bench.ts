import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import type { CommandLine } from '../command_line.ts';

export type BenchRow = {
  name: string;
  ours: number;
  theirs: number | null;
  ratio: number | null;
  unit?: string;
  note?: string;
};
type Bench = { rows(progress: (text: string) => void): Promise<BenchRow[]> };

export const command: CommandLine = {
  name: 'bench',
  summary: 'Measures engines and main paths beside what they are compared with.',
  usage: `yingmen bench [NAME]

  NAME  an engine (answer_clock, text_router …) or paths; all of them without it`,
  async run({ args, progress }) {
    const files = new Map<string, string>();
    for (const file of globSync('engines/*/bench.ts', { cwd: REPOSITORY }).sort())
      files.set(basename(dirname(file)), file);
    for (const file of globSync('bench/*.bench.ts', { cwd: REPOSITORY }).sort())
      files.set(basename(file, '.bench.ts'), file);
    const [name] = args;
    if (name && !files.has(name))
      refuseInWords('bench_unknown', `There is no bench "${name}"; there are ${[...files.keys()].join(', ')}.`);
    const rows: BenchRow[] = [];
    for (const [one, file] of files) {
      if (name && one !== name) continue;
      progress(`${one} …`);
      const { rows: measure } = (await import(join(REPOSITORY, file))) as Bench;
      rows.push(...(await measure(progress)));
    }
    return { rows };
  },
  print(answer) {
    const { rows } = answer as { rows: BenchRow[] };
    const cells = rows.map((row) => [
      row.name,
      text(row.ours, row.unit),
      row.theirs === null ? '–' : text(row.theirs, row.unit),
      row.ratio === null ? '–' : row.ratio.toFixed(2),
      row.note ?? '',
    ]);
    const table = [['', 'ours', 'theirs', 'ratio', ''], ...cells];
    const widths = [0, 1, 2, 3].map((i) => Math.max(...table.map((row) => row[i]!.length)));
    return table
      .map((row) =>
        row
          .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : i < 4 ? cell.padStart(widths[i]!) : cell))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  },
};

function text(value: number, unit = ''): string {
  const digits = value >= 100 ? 0 : value >= 1 ? 1 : 4;
  return `${value.toFixed(digits)} ${unit}`.trim();
}
