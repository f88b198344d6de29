import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseSites, readPmed } from './index.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit?: string; note?: string };
const FOLDER = fileURLToPath(new URL('../../../shared/data/pmed', import.meta.url));
const MILLISECONDS = 2000;

/** The gap to the optimum of every pmed instance at hand after 2 s, reading the file included, and what was proven by then. */
export async function rows(progress: (text: string) => void = () => {}): Promise<Row[]> {
  if (!existsSync(FOLDER)) {
    progress('site_choice: skipped, the pmed instances are not beside the repository');
    return [];
  }
  const optima = new Map(
    [...readFileSync(`${FOLDER}/pmedopt.txt`, 'utf8').matchAll(/^(pmed\d+) (\d+)/gm)].map(([, name, cost]) => [
      name,
      Number(cost),
    ]),
  );
  const files = globSync('pmed*.txt', { cwd: FOLDER }).filter((file) => optima.has(basename(file, '.txt')));
  const runs = files.sort().map((file) => {
    progress(`site_choice: ${file}`);
    return measure(file, optima.get(basename(file, '.txt'))!);
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gaps = runs.map(({ gap_percent }) => gap_percent);
  const proven = runs.map(({ proven_percent }) => proven_percent);
  const what = `${runs.length} instances in 2 s each`;
  const row = (name: string, ours: number, theirs: number | null, unit: string, note: string): Row => {
    return { name: `site_choice: ${name}`, ours, theirs, ratio: theirs === null ? null : ours / theirs, unit, note };
  };
  return [
    row('mean gap to the optimum', mean(gaps), 0.1, '%', `${what}; theirs: the goal`),
    row('largest gap to the optimum', Math.max(...gaps), 0.5, '%', `${what}; theirs: the goal`),
    row('mean gap proven by the Lagrangian bound', mean(proven), null, '%', 'HiGHS proves the rest'),
    row('first answer, longest', Math.max(...runs.map(({ first_ms }) => first_ms)), null, 'ms', 'after reading'),
    row('longest run', Math.max(...runs.map(({ ms }) => ms)), MILLISECONDS, 'ms', 'theirs: the time given'),
  ];
}

function measure(file: string, optimum: number) {
  const began = performance.now();
  const { vertices, count, distances } = readPmed(readFileSync(`${FOLDER}/${file}`, 'utf8'));
  const read = performance.now();
  let first_ms = 0;
  const { cost, gap } = chooseSites(
    { sites: vertices, points: vertices, distances, count },
    {
      seed: 1,
      milliseconds: MILLISECONDS - (read - began),
      now: () => performance.now(),
      progress: () => {
        if (first_ms === 0) first_ms = performance.now() - read;
      },
    },
  );
  const ms = performance.now() - began;
  return { gap_percent: 100 * (cost / optimum - 1), proven_percent: 100 * gap, first_ms, ms };
}
