import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CsvError, parse } from 'csv-parse/sync';
import {
  classify,
  type Example,
  type Measured,
  measure,
  RouterError,
  trainRouter,
} from '#engines/text_router/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = Measured & { train_ms: number; p99_ms: number };

const usage = `yingmen classify --train FILE.csv --test FILE.csv --text COLUMN --label COLUMN

  --train  texts and their labels to learn from
  --test   texts and their labels to be tested on; nothing is learnt from it
  --text   the column with the text
  --label  the column with the label`;

export const command: CommandLine = {
  name: 'classify',
  summary: 'Trains the request router on labelled texts and tests it on others.',
  usage,
  async run({ args, progress }) {
    const wanted = readArgs(args);
    const train = readExamples(wanted.train, wanted);
    const test = readExamples(wanted.test, wanted);
    progress(`Learning from ${train.length} texts.`);
    const began = performance.now();
    const router = refusing(() => trainRouter(train), wanted.train);
    const train_ms = Math.round(performance.now() - began);
    const times: number[] = [];
    const answers = test.map(({ text, label }) => {
      const start = performance.now();
      const classified = classify(router, text);
      times.push(performance.now() - start);
      return { classified, label };
    });
    times.sort((a, b) => a - b);
    const p99_ms = Number(times[Math.min(times.length - 1, Math.floor(times.length * 0.99))]!.toFixed(3));
    return { ...measure(answers), train_ms, p99_ms } satisfies Answer;
  },
  print(answer) {
    const { accuracy, macro_f1, top3, auto, train_ms, p99_ms } = answer as Answer;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    return [
      `right                 ${percent(accuracy)}`,
      `macro F1              ${macro_f1.toFixed(3)}`,
      `among the first three ${percent(top3)}`,
      auto.precision === null
        ? 'routed by itself      none'
        : `routed by itself      ${percent(auto.coverage)}, of which right ${percent(auto.precision)}`,
      `learnt in             ${train_ms} ms; 99 of 100 texts read within ${p99_ms} ms`,
    ].join('\n');
  },
};

function readArgs(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args, options: { train: text, test: text, text, label: text } });
    const { train, test, text: column, label } = values;
    if (!train || !test || !column || !label) throw new UsageError('--train, --test, --text and --label are needed');
    return { train, test, text: column, label };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The examples of a CSV file with a header; refused with the line when it cannot be read or a label is missing. */
function readExamples(file: string, { text, label }: { text: string; label: string }): Example[] {
  const rows = readRows(file);
  const header = rows[0]?.record ?? [];
  const [textAt, labelAt] = [text, label].map((name) => {
    const at = header.indexOf(name);
    if (at < 0) {
      const sentence = `${file} has no column "${name}"; it has ${header.join(', ') || 'none'}.`;
      refuseInWords('column_missing', sentence, { line: 1 });
    }
    return at;
  }) as [number, number];
  const examples = rows.slice(1).map(({ record, line }) => {
    if (!record[labelAt]?.trim()) {
      refuseInWords('label_missing', `${file}, line ${line}: there is no label.`, { line, column: labelAt + 1 });
    }
    return { text: record[textAt]!, label: record[labelAt]! };
  });
  if (examples.length === 0) refuseInWords('file_empty', `${file} has no rows.`, { line: 1 });
  return examples;
}

function readRows(file: string): { record: string[]; line: number }[] {
  try {
    const parsed = parse(readFileSync(file), { bom: true, info: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines = 1, column } = error as CsvError & { lines?: number; column?: number | string };
    const where = { line: lines, column: typeof column === 'number' ? column + 1 : 1 };
    refuseInWords('csv_invalid', `${file}, line ${lines}: ${error.message}.`, where);
  }
}

function refusing<T>(work: () => T, file: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RouterError) refuseInWords(error.code, `${file}: ${error.message}.`);
    throw error;
  }
}
