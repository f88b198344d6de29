import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  allocate,
  type Completion,
  ElectionError,
  type Fraction,
  jsonOf,
  type Options,
  PabulibError,
  type Rule,
  readFraction,
  readPabulib,
  type Stop,
  type Tie,
  type Utility,
} from '#engines/equal_shares/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { type Explanation, explainAllocation, printExplanation } from '../explain_allocation.ts';

type Answer = {
  rule: Rule;
  utility: Utility | null;
  completion: Completion;
  budget: number | string;
  spent: number | string;
  selected: string[];
  steps: number;
  elapsed_ms: number;
} & Partial<Explanation>;

const usage = `yingmen allocate FILE.pb [--rule equal-shares|greedy|phragmen] [--utility cost|cardinality|points|borda]
    [--completion none|greedy|add1|add1u] [--increment N] [--stop exhaustive|overspend]
    [--tie id|cost-votes-lot --lot TEXT] [--explain]

  FILE.pb       an election in Pabulib's format
  --rule        equal-shares (the default), greedy or phragmen
  --utility     what a funded project is worth to who chose it: its cost (the default), one, its points or Borda points
  --completion  how equal shares uses what is left: none (the default), greedy by cost utility, add1, or add1 then greedy
  --increment   how much add1 adds to everybody's share at each step (1)
  --stop        add1 ends when nothing more fits (exhaustive, the default), or only before a step that would overspend
  --tie         equal projects go by id as text (the default), or by lowest cost, most votes, then the lot of --lot TEXT
  --explain     a row a project and a figure a voter`;

export const command: CommandLine = {
  name: 'allocate',
  summary: 'Which projects win, from a Pabulib file.',
  usage,
  async run({ args, progress }) {
    const { path, options, explain } = readArgs(args);
    const source = await readFile(path).catch((error: NodeJS.ErrnoException) =>
      refuseInWords('file_unreadable', `${path} cannot be read (${error.code}).`, { field: path }),
    );
    try {
      const { election } = readPabulib(source);
      const began = performance.now();
      const outcome = allocate(election, { ...options, progress: tell(progress) });
      const { rule, utility, completion, steps } = outcome;
      return {
        rule,
        utility,
        completion,
        budget: jsonOf(election.budget),
        spent: jsonOf(outcome.spent),
        selected: outcome.selected.map((project) => election.projects[project]!.id),
        steps,
        elapsed_ms: Math.round(performance.now() - began),
        ...(explain ? explainAllocation(election, outcome) : {}),
      } satisfies Answer;
    } catch (error) {
      if (error instanceof PabulibError) {
        const { code, line, column } = error;
        refuseInWords(code, `${path}: ${error.message}.`, { line, column });
      }
      if (error instanceof ElectionError) refuseInWords(error.code, `${error.message}.`);
      throw error;
    }
  },
  print(answer) {
    const { selected, spent, budget, steps, rule, utility, completion, ...rest } = answer as Answer;
    const how = [rule, utility && `${utility} utility`, completion !== 'none' && completion].filter(Boolean).join(', ');
    const lines = [`${how}: ${selected.length} projects, ${spent} of ${budget}${steps > 0 ? `, ${steps} steps` : ''}`];
    if (rest.projects) lines.push('', printExplanation(rest as Explanation));
    else lines.push(...selected);
    return lines.join('\n');
  },
};

/** Add1 may take many steps: say where it is, but not at each of them. */
function tell(progress: (text: string) => void): Options['progress'] {
  let next = performance.now() + 1000;
  return ({ steps, spent }) => {
    if (performance.now() < next) return;
    next += 1000;
    progress(`add1: step ${steps}, ${jsonOf(spent)} spent …`);
  };
}

function readArgs(args: string[]): { path: string; options: Options; explain: boolean } {
  const text = { type: 'string' } as const;
  const known = { rule: text, utility: text, completion: text, increment: text, stop: text, tie: text, lot: text };
  const parsed = parse(() =>
    parseArgs({ args, allowPositionals: true, options: { ...known, explain: { type: 'boolean' } } }),
  );
  const { values, positionals } = parsed;
  if (positionals.length !== 1) throw new UsageError('one file is needed');
  const options: Options = {
    rule: oneOf(values.rule, ['equal-shares', 'greedy', 'phragmen'], '--rule'),
    utility: oneOf(values.utility, ['cost', 'cardinality', 'points', 'borda'], '--utility'),
    completion: oneOf<Completion>(values.completion, ['none', 'greedy', 'add1', 'add1u'], '--completion'),
    stop: oneOf<Stop>(values.stop, ['exhaustive', 'overspend'], '--stop'),
    increment: incrementOf(values.increment),
    tie: tieOf(values.tie, values.lot),
  };
  return { path: positionals[0]!, options, explain: values.explain ?? false };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(value: string | undefined, choices: readonly T[], name: string): T | undefined {
  if (value !== undefined && !choices.includes(value as T))
    throw new UsageError(`${name} is one of ${choices.join(', ')}, not "${value}"`);
  return value as T | undefined;
}

function incrementOf(value: string | undefined): Fraction | undefined {
  if (value === undefined) return undefined;
  const read = readFraction(value);
  if (!read || read.num <= 0n) throw new UsageError(`--increment needs a number above 0, not "${value}"`);
  return read;
}

function tieOf(by: string | undefined, lot: string | undefined): Tie {
  const tie = oneOf(by, ['id', 'cost-votes-lot'], '--tie') ?? 'id';
  if ((tie === 'id') !== (lot === undefined)) throw new UsageError('--tie cost-votes-lot and --lot TEXT go together');
  return tie === 'id' ? { by: 'id' } : { by: tie, lot: lot! };
}
