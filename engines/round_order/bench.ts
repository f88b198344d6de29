import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orderRound, readTsplib } from './index.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit?: string; note?: string };
const FOLDER = fileURLToPath(new URL('../../../shared/data/tsplib', import.meta.url));

/** The gap to the optimum of every TSPLIB instance at hand, after 100 ms and after 1 s, reading the file included. */
export async function rows(progress: (text: string) => void = () => {}): Promise<Row[]> {
  if (!existsSync(FOLDER)) {
    progress('round_order: skipped, the TSPLIB instances are not beside the repository');
    return [];
  }
  const optima = new Map(
    [...readFileSync(`${FOLDER}/solutions`, 'utf8').matchAll(/^(\w+) : (\d+)/gm)].map(([, name, length]) => [
      name,
      Number(length),
    ]),
  );
  const files = globSync('*.tsp', { cwd: FOLDER }).filter((file) => optima.has(basename(file, '.tsp')));
  const found: Row[] = [];
  for (const milliseconds of [100, 1000]) {
    const runs = files.sort().map((file) => {
      progress(`round_order: ${file}, ${milliseconds} ms`);
      return measure(file, optima.get(basename(file, '.tsp'))!, milliseconds);
    });
    const gaps = runs.map(({ gap_percent }) => gap_percent);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const worst = runs.reduce((a, b) => (b.gap_percent > a.gap_percent ? b : a));
    const name = (what: string) => `round_order: ${milliseconds} ms, ${what}`;
    const note = `${runs.length} instances beside their optima`;
    found.push(
      row(name('mean gap'), mean, 0.5, '%', `${note}; theirs: the goal at 100 ms`),
      row(name('largest gap'), worst.gap_percent, 2, '%', `${worst.file}; theirs: the goal at 1 s`),
      row(name('longest run'), Math.max(...runs.map(({ ms }) => ms)), milliseconds, 'ms', 'theirs: the time given'),
    );
  }
  return found;
}

const row = (name: string, ours: number, theirs: number, unit: string, note: string): Row => {
  return { name, ours, theirs, ratio: ours / theirs, unit, note };
};

function measure(file: string, optimum: number, milliseconds: number) {
  const began = performance.now();
  const { size, between } = readTsplib(readFileSync(`${FOLDER}/${file}`, 'utf8'));
  const left = milliseconds - (performance.now() - began);
  const effort = { seed: 1, milliseconds: left, now: () => performance.now() };
  const { length } = orderRound({ distances: { size, between }, is_closed: true }, effort);
  return { file, gap_percent: 100 * (length / optimum - 1), ms: performance.now() - began };
}
