import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fraction, ZERO } from './fraction.ts';
import { allocate, readPabulib } from './index.ts';
import { buyNaively } from './naive.ts';
import { differenceOf, isHere, optionsOf, readCases } from './pabutools.ts';

const LARGEST = ['Poland_Lodz_2022', 'Poland_Lodz_2024', 'Poland_Wroclaw_2015_up_to_150'];
const LARGEST_GOAL_SECONDS = 2;
const MEMORY_GOAL_MB = 300;
const NOT_HERE = '../shared/data/pb is not here';

/** Equality with pabutools and speed beside its published times, the largest files whole, and the definition word by word. */
export async function rows(progress: (text: string) => void) {
  if (!isHere) return [{ name: 'equal_shares', ours: 0, theirs: null, ratio: null, note: NOT_HERE }];
  return [...besidePabutools(progress), ...LARGEST.flatMap(largest), besideDefinition()];
}

function besidePabutools(progress: (text: string) => void) {
  const ratios: { ours: number; theirs: number; ratio: number }[] = [];
  let [count, equal] = [0, 0];
  for (const { file, election, cases } of readCases()) {
    progress(`equal_shares: ${file} …`);
    for (const one of cases) {
      const began = performance.now();
      const outcome = allocate(election, optionsOf(one));
      const ours = (performance.now() - began) / 1000;
      if (one.seconds) ratios.push({ ours, theirs: one.seconds, ratio: one.seconds / ours });
      count++;
      const difference = differenceOf(election, outcome, one);
      if (difference) progress(`${file} ${one.args.join(' ')}: ${difference}`);
      else equal++;
    }
  }
  ratios.sort((a, b) => a.ratio - b.ratio);
  const median = ratios[ratios.length >> 1]!;
  const note = `median of ${ratios.length} cases; theirs: pabutools on another machine, rule alone; goal: ratio ≥ 100`;
  return [
    {
      name: 'equal_shares: cases equal to pabutools',
      ours: equal,
      theirs: count,
      ratio: equal / count,
      note: 'goal: all',
    },
    { name: 'equal_shares: beside pabutools', ...median, unit: 's', note },
  ];
}

/** A process of its own, so that its time and memory are those of reading one file and deciding it. */
function largest(name: string) {
  const path = `../shared/data/pb/${name}.pb`;
  const script = `import { readFileSync } from 'node:fs';
    import { allocate, readPabulib } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    const began = performance.now();
    allocate(readPabulib(readFileSync(${JSON.stringify(path)})).election, { completion: 'add1u' });
    console.log(performance.now() - began, process.resourceUsage().maxRSS / 1024);`;
  const text = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const [milliseconds = 0, megabytes = 0] = text.trim().split(' ').map(Number);
  const seconds = milliseconds / 1000;
  return [
    {
      name: `equal_shares: ${name}, add1u with reading`,
      ours: seconds,
      theirs: LARGEST_GOAL_SECONDS,
      ratio: seconds / LARGEST_GOAL_SECONDS,
      unit: 's',
      note: 'theirs: the goal, < 2 s',
    },
    {
      name: `equal_shares: ${name}, memory`,
      ours: megabytes,
      theirs: MEMORY_GOAL_MB,
      ratio: megabytes / MEMORY_GOAL_MB,
      unit: 'MB',
      note: 'theirs: the goal, < 300 MB',
    },
  ];
}

function besideDefinition() {
  const { election } = readPabulib(readFileSync('../shared/data/pb/Poland_Warszawa_2017_Marysin_Polnocny.pb'));
  const approves = (voter: number, project: number) =>
    election.ballots[election.ballot_of[voter]!]!.projects.includes(project) ? fraction(1n) : ZERO;
  let began = performance.now();
  const ours_selected = allocate(election, { utility: 'cardinality' }).selected;
  const ours = performance.now() - began;
  began = performance.now();
  const theirs_selected = buyNaively(election, approves);
  const theirs = performance.now() - began;
  if (ours_selected.join() !== theirs_selected.join()) throw new Error('the definition decides otherwise');
  return {
    name: 'equal_shares: one run',
    ours,
    theirs,
    ratio: theirs / ours,
    unit: 'ms',
    note: 'theirs: the definition, voter by voter in fractions',
  };
}
