/** Counts of one group of requests, as the database adds them up. */
export type Counts = {
  total: number;
  open: number;
  open_overdue: number;
  answered: number;
  answered_on_time: number;
  responded_on_time: number;
  responded_late: number;
  response_overdue: number;
  resolved: number;
  confirmed: number;
  refused: number;
  closed_without_word: number;
  reopened: number;
  rated: number;
  satisfied: number;
  median_hours: number | null;
  p90_hours: number | null;
};

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

/** The value below which a share of a histogram lies (nearest rank), or null when it is empty. Values are in order. */
export function percentileOf(values: readonly number[], counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    seen += counts[i]!;
    if (seen >= total * share) return values[i]!;
  }
  return null;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
