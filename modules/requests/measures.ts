/** Facts of a request that do not change with the hour, each counted apart; their order is the order of bits in SQL. */
export const FACTS = [
  'answered',
  'answered_on_time',
  'responded_on_time',
  'responded_late',
  'resolved',
  'confirmed',
  'refused',
  'closed_without_word',
  'reopened',
  'rated',
  'satisfied',
] as const;
type Fact = (typeof FACTS)[number];

/** Counts of one group of requests. What is open and late depends on the hour it is asked. */
export type Counts = { total: number; open: number; open_overdue: number; response_overdue: number } & Record<
  Fact,
  number
> & { median_hours: number | null; p90_hours: number | null };

export type Rates = {
  /** Answered by the date first owed ÷ (answered + open overdue). */
  on_time: number | null;
  /** Responded in time ÷ (responded + response overdue). 响应率 */
  response: number | null;
  /** Done or confirmed ÷ (answered + open overdue). 解决率 */
  resolution: number | null;
  /** Four or five stars ÷ all who gave stars. 满意率 */
  satisfaction: number | null;
  /** Reopened at least once ÷ (answered + reopened and still open). */
  reopening: number | null;
};

/** Rates with their honest denominators; null where there is nothing to divide by. */
export function ratesOf(counts: Counts): Rates {
  const owed = counts.answered + counts.open_overdue;
  const responded = counts.responded_on_time + counts.responded_late + counts.response_overdue;
  return {
    on_time: ratio(counts.answered_on_time, owed),
    response: ratio(counts.responded_on_time, responded),
    resolution: ratio(counts.resolved, owed),
    satisfaction: ratio(counts.satisfied, counts.rated),
    reopening: ratio(counts.reopened, Math.max(counts.answered, counts.reopened)),
  };
}

/** How often each value was met, in any order. */
export type Histogram = { values: readonly number[]; times: readonly number[] };

/** One group's part: how many requests have each set of facts (bits in the order of FACTS), and how many hours answers took. */
export type Tally = { facts: Histogram; hours: Histogram };

/** Adds tallies of parts that do not overlap into the counts of the whole: the same figures as of one tally of all. */
export function addUp(tallies: readonly Tally[]): Counts {
  const counts: Counts = {
    total: 0,
    open: 0,
    open_overdue: 0,
    response_overdue: 0,
    ...(Object.fromEntries(FACTS.map((fact) => [fact, 0])) as Record<Fact, number>),
    median_hours: null,
    p90_hours: null,
  };
  let longest = -1;
  for (const { facts, hours } of tallies) {
    for (const [at, bits] of facts.values.entries()) {
      const times = facts.times[at]!;
      counts.total += times;
      for (const [bit, fact] of FACTS.entries()) if (bits & (1 << bit)) counts[fact] += times;
    }
    for (const value of hours.values) longest = Math.max(longest, value);
  }
  const perHour = new Uint32Array(longest + 1);
  for (const { hours } of tallies)
    for (const [at, value] of hours.values.entries()) perHour[value]! += hours.times[at]!;
  return { ...counts, median_hours: percentileOf(perHour, 0.5), p90_hours: percentileOf(perHour, 0.9) };
}

/** The value below which a share of all lies (nearest rank), given how often 0, 1, 2 … was met; null when nothing was. */
export function percentileOf(times: ArrayLike<number>, share: number): number | null {
  let total = 0;
  for (let value = 0; value < times.length; value++) total += times[value]!;
  let seen = 0;
  for (let value = 0; value < times.length; value++) {
    seen += times[value]!;
    if (total > 0 && seen >= total * share) return value;
  }
  return null;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
