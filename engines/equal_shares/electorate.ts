import { type Election, ElectionError, hasPoints } from './election.ts';
import { type Fraction, greatestCommonDivisor } from './fraction.ts';

/** What a funded project is worth to a voter who chose it. */
export type Utility = 'cost' | 'cardinality' | 'points' | 'borda';
export const UTILITIES: readonly Utility[] = ['cost', 'cardinality', 'points', 'borda'];

/**
 * An election under one utility, ready to be counted: money as whole numbers of a common small unit, utility of a voter for a
 * project as `marks × worth of the project`, voters of equal marks together as one group, in typed arrays both ways.
 * Who gets nothing from a project (no marks, or a project without worth) does not support it.
 */
export type Electorate = {
  /** One unit of the currency is so many of the small units that `costs` and `budget` count. */
  unit: bigint;
  budget: bigint;
  costs: bigint[];
  voters: number;
  /** The worth of one mark. Cost utility: the cost; else 1. */
  worth: bigint[];
  /** Voters in each group. */
  weights: Float64Array;
  /** For each of the election's ballots, its group; -1 when it supports nothing. */
  group_of: Int32Array;
  /** Supporters of project p are entries first[p] … first[p + 1] - 1 of `supporters` (groups) and `marks`. */
  first: Int32Array;
  supporters: Int32Array;
  marks: Float64Array;
  /** The same by group: projects of group g and the marks it gives them. */
  group_first: Int32Array;
  group_projects: Int32Array;
  group_marks: Float64Array;
};

/** Beyond it doubles end, and so do the bounds on their rounding. */
const MOST_MONEY = 10n ** 250n;

type Group = { projects: number[]; marks: number[]; weight: number };

/**
 * @param extra Amounts beside budget and costs that have to be whole in the small unit (the increment of add1).
 * Refuses (ElectionError) a utility that the ballots cannot have, and points beyond 2^53 in sum. Linear in marks.
 */
export function gatherElectorate(election: Election, utility: Utility, extra: Fraction[] = []): Electorate {
  checkUtility(election, utility);
  const amounts = [election.budget, ...election.projects.map(({ cost }) => cost), ...extra];
  const unit = amounts.reduce((so_far, { den }) => leastCommonMultiple(so_far, den), 1n);
  const whole = ({ num, den }: Fraction) => (num * unit) / den;
  const costs = election.projects.map(({ cost }) => whole(cost));
  if (amounts.some((amount) => whole(amount) > MOST_MONEY))
    throw new ElectionError('amount_too_large', 'an amount has more than 250 digits');
  const worth = costs.map((cost) => (utility === 'cost' ? cost : 1n));
  return {
    unit,
    budget: whole(election.budget),
    costs,
    voters: election.ballot_of.length,
    worth,
    ...groupsOf(election, utility),
  };
}

type Groups = ReturnType<typeof packed> & { group_of: Int32Array };
const gathered = new WeakMap<Election, Map<Utility, Groups>>();

/** Gathered once for each election and utility: further rules, completions and steps count the same groups. */
function groupsOf(election: Election, utility: Utility): Groups {
  const known = gathered.get(election) ?? new Map<Utility, Groups>();
  gathered.set(election, known);
  const found = known.get(utility);
  if (found) return found;
  const isWorthless = election.projects.map(({ cost }) => utility === 'cost' && cost.num === 0n);
  const { groups, group_of } = gatherGroups(election, marksOf(election, utility), isWorthless);
  const made = { group_of, ...packed(groups, election.projects.length) };
  known.set(utility, made);
  return made;
}

function checkUtility({ vote_type }: Election, utility: Utility): void {
  const fits = utility === 'points' ? hasPoints(vote_type) : utility === 'borda' ? vote_type === 'ordinal' : true;
  if (!fits)
    throw new ElectionError(
      'utility_unfit',
      `${utility} utility cannot be had from ${vote_type} votes; cost or cardinality can`,
    );
}

/** Whole marks of each ballot for its projects. Points are brought to a common denominator; those below zero support nothing. */
function marksOf(election: Election, utility: Utility): (ballot: number, place: number) => number {
  const { ballots } = election;
  // The last of a ranking gets nothing, as in pabutools: with n ranked, the first gets n - 1.
  if (utility === 'borda') return (ballot, place) => ballots[ballot]!.projects.length - 1 - place;
  if (utility !== 'points') return () => 1;
  let shared = 1n;
  for (const { points } of ballots)
    for (const { den } of points!) if (shared % den !== 0n) shared = leastCommonMultiple(shared, den);
  let sum = 0n;
  ballots.forEach(({ points }, i) => {
    for (const { num, den } of points!) if (num > 0n) sum += ((num * shared) / den) * BigInt(election.counts[i]!);
  });
  if (sum > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ElectionError('points_too_large', 'all points together are more than can be counted exactly (2^53)');
  return (ballot, place) => {
    const { num, den } = ballots[ballot]!.points![place]!;
    return num > 0n ? Number((num * shared) / den) : 0;
  };
}

function gatherGroups(election: Election, marks: (ballot: number, place: number) => number, isWorthless: boolean[]) {
  const groups: Group[] = [];
  const known = new Map<string, number>();
  const group_of = new Int32Array(election.ballots.length).fill(-1);
  election.ballots.forEach(({ projects }, ballot) => {
    const supported: { project: number; mark: number }[] = [];
    projects.forEach((project, place) => {
      const mark = isWorthless[project] ? 0 : marks(ballot, place);
      if (mark > 0) supported.push({ project, mark });
    });
    if (supported.length === 0) return;
    supported.sort((a, b) => a.project - b.project);
    const key = supported.map(({ project, mark }) => `${project}:${mark}`).join();
    let group = known.get(key);
    if (group === undefined) {
      group =
        groups.push({ projects: supported.map((s) => s.project), marks: supported.map((s) => s.mark), weight: 0 }) - 1;
      known.set(key, group);
    }
    groups[group]!.weight += election.counts[ballot]!;
    group_of[ballot] = group;
  });
  return { groups, group_of };
}

function packed(groups: Group[], project_count: number) {
  const entries = groups.reduce((sum, { projects }) => sum + projects.length, 0);
  const first = new Int32Array(project_count + 1);
  const group_first = new Int32Array(groups.length + 1);
  const group_projects = new Int32Array(entries);
  const group_marks = new Float64Array(entries);
  let at = 0;
  groups.forEach(({ projects, marks }, group) => {
    group_first[group] = at;
    projects.forEach((project, i) => {
      group_projects[at] = project;
      group_marks[at++] = marks[i]!;
      first[project + 1]!++;
    });
  });
  group_first[groups.length] = at;
  for (let p = 0; p < project_count; p++) first[p + 1]! += first[p]!;
  const next = first.slice();
  const supporters = new Int32Array(entries);
  const marks = new Float64Array(entries);
  for (let group = 0; group < groups.length; group++)
    for (let i = group_first[group]!; i < group_first[group + 1]!; i++) {
      const place = next[group_projects[i]!]!++;
      supporters[place] = group;
      marks[place] = group_marks[i]!;
    }
  const weights = Float64Array.from(groups, ({ weight }) => weight);
  return { weights, first, supporters, marks, group_first, group_projects, group_marks };
}

/** All marks of a project, every voter counted: what greedy and effective votes go by. */
export function marksFor({ first, supporters, marks, weights }: Electorate, project: number): number {
  let sum = 0;
  for (let i = first[project]!; i < first[project + 1]!; i++) sum += marks[i]! * weights[supporters[i]!]!;
  return sum;
}

export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return (a / greatestCommonDivisor(a, b)) * b;
}
