import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { orderRound, RoundError, readTsplib } from '#engines/round_order/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = { length: number; tour: number[]; elapsed_ms: number };

const usage = `yingmen round FILE.tsp [--ms 100] [--seed 1] [--iterations N]

  FILE.tsp      points or distances in the TSPLIB format (TSP or ATSP)
  --ms          how long to look, in milliseconds
  --seed        a whole number; another one may find another tour
  --iterations  look so many times instead: the same tour on every machine`;

export const command: CommandLine = {
  name: 'round',
  summary: 'A short closed walking order through all points of a TSPLIB file.',
  usage,
  async run({ args }) {
    const { file, ms, seed, iterations } = readArgs(args);
    const began = performance.now();
    const { size, between } = readTsplib(readFileSync(file, 'utf8'));
    const left = Math.max(0, ms - (performance.now() - began));
    const effort = { seed, ...(iterations ? { iterations } : { milliseconds: left, now: () => performance.now() }) };
    try {
      const { order, length } = orderRound({ distances: { size, between }, is_closed: true }, effort);
      const elapsed_ms = Math.round(performance.now() - began);
      return { length, tour: order.map((point) => point + 1), elapsed_ms } satisfies Answer;
    } catch (error) {
      if (error instanceof RoundError) refuseInWords(error.code, `${file}: ${error.message}.`);
      throw error;
    }
  },
  print(answer) {
    const { length, tour, elapsed_ms } = answer as Answer;
    return `${tour.join(' ')}\n${tour.length} points, length ${length}, found in ${elapsed_ms} ms`;
  },
};

function readArgs(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { ms: { ...text, default: '100' }, seed: { ...text, default: '1' }, iterations: text } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (!file || others.length > 0) throw new UsageError('one FILE.tsp is needed');
    return {
      file,
      ms: wholeNumber('--ms', values.ms, 1),
      seed: wholeNumber('--seed', values.seed, 0),
      iterations: values.iterations === undefined ? undefined : wholeNumber('--iterations', values.iterations, 1),
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new UsageError(`${option} needs a whole number from ${least} on, not "${text}"`);
}
