import { existsSync, readFileSync } from 'node:fs';
import { allocate, type Election, type Options, type Outcome, readFraction, readPabulib, textOf } from './index.ts';
import { compareText } from './tie_order.ts';

/** One line of ../shared/data/pb/expected.json: what pabutools answers to a file under some options. */
export type Case = { file: string; args: string[]; selected: string[]; cost: string; steps?: number; seconds?: number };

const FOLDER = '../shared/data/pb';
export const isHere = existsSync(`${FOLDER}/expected.json`);

/** The cases of elections of at most so many bytes, file by file, each file read once. */
export function* readCases(
  most_bytes = Number.POSITIVE_INFINITY,
): Generator<{ file: string; election: Election; cases: Case[] }> {
  const { cases } = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as { cases: Case[] };
  for (const file of new Set(cases.map((one) => one.file))) {
    const bytes = readFileSync(`${FOLDER}/${file}`);
    if (bytes.length > most_bytes) continue;
    yield { file, election: readPabulib(bytes).election, cases: cases.filter((one) => one.file === file) };
  }
}

export function optionsOf({ args }: Case): Options {
  const given: Record<string, string> = {};
  for (let i = 0; i < args.length; i += 2) given[args[i]!.slice(2)] = args[i + 1]!;
  const { increment, ...rest } = given;
  return { ...(rest as Options), ...(increment ? { increment: readFraction(increment)! } : {}) };
}

/** Null when the outcome is the expected one, else what differs. */
export function differenceOf(election: Election, outcome: Outcome, expected: Case): string | null {
  const ours = outcome.selected.map((project) => election.projects[project]!.id).sort(compareText);
  const theirs = [...expected.selected].sort(compareText);
  if (ours.join('\n') !== theirs.join('\n')) return `selected ${ours} instead of ${theirs}`;
  if (textOf(outcome.spent) !== expected.cost) return `spent ${textOf(outcome.spent)} instead of ${expected.cost}`;
  if (expected.steps !== undefined && outcome.steps !== expected.steps)
    return `${outcome.steps} steps instead of ${expected.steps}`;
  return null;
}

/** @returns what differs, a line a case. */
export function differences(election: Election, cases: Case[]): string[] {
  return cases.flatMap((one) => {
    const found = differenceOf(election, allocate(election, optionsOf(one)), one);
    return found ? [`${one.file} ${one.args.join(' ')}: ${found}`] : [];
  });
}
