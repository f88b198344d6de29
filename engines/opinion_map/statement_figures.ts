import { type OpinionMatrix, UNSEEN } from './opinion_matrix.ts';

/** How many saw a statement and what they said. */
export type Tally = { seen: number; agree: number; disagree: number; pass: number };

export type StatementFigures = {
  statement: string;
  /** Of everybody; nothing when fewer than the least number of people saw it. */
  all: Tally | null;
  /** Of each group; nothing at all when one of them has too few people, whom the others would betray. */
  groups: Tally[] | null;
  /** Product over groups of the smoothed probability that somebody agrees, and that somebody disagrees. */
  agreed: number | null;
  disagreed: number | null;
};

export type Representative = { statement: string; agrees: boolean; share: number; elsewhere: number; z: number };

/** 90 % on one side, as in Polis. */
const Z_ENOUGH = 1.2816;
const MOST_REPRESENTATIVE = 5;

/** What each group and everybody thinks of each statement, as far as at least `least` people say so together. O(participants × statements). */
export function figuresOf(
  everybody: OpinionMatrix,
  placed: OpinionMatrix,
  group: Int32Array,
  groups: number,
  least: number,
): StatementFigures[] {
  const everyone = tallies(everybody, new Int32Array(everybody.participants.length), 1);
  const byGroup = tallies(placed, group, groups);
  return everybody.statements.map((statement, j) => {
    const total = everyone[0]![j]!;
    const parts = byGroup.map((of) => of[j]!);
    const isShown = groups > 0 && parts.every((one) => one.seen >= least);
    const together = sumOf(parts);
    // A few who were not placed would be told from the difference, so they are left out of the count of everybody.
    const rest = total.seen - together.seen;
    const all = isShown && rest > 0 && rest < least ? together : total;
    const smoothed = (key: 'agree' | 'disagree') =>
      parts.reduce((product, one) => product * ((one[key] + 1) / (one.seen + 2)), 1);
    return {
      ...{ statement, all: all.seen < least ? null : all, groups: isShown ? parts : null },
      ...{ agreed: isShown ? smoothed('agree') : null, disagreed: isShown ? smoothed('disagree') : null },
    };
  });
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { seen: 0, agree: 0, disagree: 0, pass: 0 };
  for (const one of tallies) for (const key of ['seen', 'agree', 'disagree', 'pass'] as const) sum[key] += one[key];
  return sum;
}

function tallies({ values, statements }: OpinionMatrix, group: Int32Array, groups: number): Tally[][] {
  const m = statements.length;
  const found = Array.from({ length: groups }, () =>
    Array.from({ length: m }, (): Tally => ({ seen: 0, agree: 0, disagree: 0, pass: 0 })),
  );
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === UNSEEN) continue;
    const tally = found[group[Math.floor(at / m)]!]![at % m]!;
    tally.seen++;
    tally[value === 1 ? 'agree' : value === -1 ? 'disagree' : 'pass']++;
  }
  return found;
}

/**
 * The statements that set a group apart from everybody else: where its people agree (or disagree) more often than half
 * and more often than the others, both by a test of proportions at 90 % (with one added to each count, as in Polis).
 */
export function representativeOf(figures: readonly StatementFigures[], group: number): Representative[] {
  const found: Representative[] = [];
  for (const { statement, groups } of figures) {
    if (!groups || groups.length < 2) continue;
    const own = groups[group]!;
    const others = groups.filter((_one, i) => i !== group);
    const elsewhere = sumOf(others);
    for (const key of ['agree', 'disagree'] as const) {
      const z = twoProportions(own[key], own.seen, elsewhere[key], elsewhere.seen);
      if (oneProportion(own[key], own.seen) < Z_ENOUGH || z < Z_ENOUGH) continue;
      const share = own[key] / own.seen;
      found.push({ statement, agrees: key === 'agree', share, elsewhere: elsewhere[key] / elsewhere.seen, z });
    }
  }
  return found
    .sort((a, b) => b.z * b.share - a.z * a.share || (a.statement < b.statement ? -1 : 1))
    .slice(0, MOST_REPRESENTATIVE);
}

/** z of a proportion being above one half. */
export function oneProportion(successes: number, of: number): number {
  return 2 * Math.sqrt(of + 1) * ((successes + 1) / (of + 1) - 0.5);
}

/** z of the first proportion being above the second. */
export function twoProportions(successes: number, of: number, otherSuccesses: number, otherOf: number): number {
  const [n1, n2] = [of + 1, otherOf + 1];
  const [p1, p2] = [(successes + 1) / n1, (otherSuccesses + 1) / n2];
  const pooled = (successes + otherSuccesses + 2) / (n1 + n2);
  if (pooled >= 1) return 0;
  return (p1 - p2) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
}
