import type { Distances } from './distances.ts';

/** A time when nobody knocks, in the unit of the distances, counted from the departure. */
export type Quiet = { from: number; to: number };

/** What is asked of one point; `service` and `quiet` are in the unit of the distances, so seconds when those are seconds. */
export type Stop = { service?: number; priority?: number; is_first?: boolean; quiet?: Quiet[] };

export type RoundProblem = {
  distances: Distances;
  /** Back to the point it began at, or ending anywhere. */
  is_closed: boolean;
  /** Where the round begins; without it a closed round begins at point 0 and an open one anywhere. */
  start?: number;
  /** One a point, in their order; left out, they ask for nothing and have priority 1. */
  stops?: Stop[];
  /** The longest a round may take: walking, waiting, service and the way back. */
  budget?: number;
};

/**
 * Points in walking order with the instant each service begins; `length` is what is walked, `duration` also what is waited
 * and served. `left_out` did not fit the budget.
 */
export type Round = { order: number[]; begins: number[]; length: number; duration: number; left_out: number[] };

/** The moment, not before `time`, at which a service can begin that touches no quiet time. */
export function beginOf(time: number, { service = 0, quiet = [] }: Stop): number {
  let begin = time;
  for (let moved = true; moved; ) {
    moved = false;
    for (const { from, to } of quiet) {
      const touches = begin < to && (begin + service > from || begin >= from);
      if (!touches) continue;
      begin = to;
      moved = true;
    }
  }
  return begin;
}
