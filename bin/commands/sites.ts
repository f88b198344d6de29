import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { proveSites, readPmed, SiteError } from '#engines/site_choice/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = { medians: number[]; cost: number; bound: number; gap: number; elapsed_ms: number };

const usage = `yingmen sites FILE --p N [--ms 2000] [--prove-ms 0] [--seed 1] [--iterations N]

  FILE          a network in the pmed format of the OR-Library
  --p           how many sites; without it as many as the file says
  --ms          how long to look, in milliseconds
  --prove-ms    how long HiGHS may then go on to prove the optimum
  --seed        a whole number; another one may find other sites
  --iterations  look so many times instead: the same sites on every machine`;

export const command: CommandLine = {
  name: 'sites',
  summary: 'p-median sites of a network, with a bound that no choice can undercut.',
  usage,
  async run({ args, progress }) {
    const { file, p, ms, prove_milliseconds, seed, iterations } = readArgs(args);
    const began = performance.now();
    const { vertices, count, distances } = readPmed(readFileSync(file, 'utf8'));
    const problem = { sites: vertices, points: vertices, distances, count: p ?? count };
    const left = Math.max(0, ms - (performance.now() - began));
    const effort = {
      seed,
      ...(iterations ? { iterations } : { milliseconds: left, now: () => performance.now() }),
      progress: ({ cost, bound }: { cost: number; bound: number }) => {
        if (process.stderr.isTTY) progress(`cost ${cost}, at least ${bound}`);
      },
    };
    try {
      const { sites, ...rest } = await proveSites(problem, effort, { prove_milliseconds });
      const medians = sites.map((site) => site + 1);
      return { medians, ...rest, elapsed_ms: Math.round(performance.now() - began) } satisfies Answer;
    } catch (error) {
      if (error instanceof SiteError) refuseInWords(error.code, `${file}: ${error.message}.`);
      throw error;
    }
  },
  print(answer) {
    const { medians, cost, bound, gap, elapsed_ms } = answer as Answer;
    const proof = gap === 0 ? 'proven best' : `at least ${bound}, gap ${(100 * gap).toFixed(3)} %`;
    return `${medians.join(' ')}\ncost ${cost}, ${proof}, found in ${elapsed_ms} ms`;
  },
};

function readArgs(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { p: text, ms: text, 'prove-ms': text, seed: text, iterations: text } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (!file || others.length > 0) throw new UsageError('one FILE is needed');
    return {
      file,
      p: wholeNumber('--p', values.p, 1),
      ms: wholeNumber('--ms', values.ms, 1) ?? 2000,
      prove_milliseconds: wholeNumber('--prove-ms', values['prove-ms'], 0) ?? 0,
      seed: wholeNumber('--seed', values.seed, 0) ?? 1,
      iterations: wholeNumber('--iterations', values.iterations, 1),
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new UsageError(`${option} needs a whole number from ${least} on, not "${text}"`);
}
