import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a turn. */
export type Pace = () => Promise<void>;

/**
 * Gives a turn once in so many milliseconds, in the order they are asked for. Of what nobody took, or a timer that was
 * late, at most `most_behind` turns are made up for: the pace is kept, and there is no burst after a rest. O(1).
 */
export function newPace(interval_ms: number, most_behind: number): Pace {
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now - interval_ms * most_behind, next);
    next = turn + interval_ms;
    if (turn > now) await sleep(turn - now);
  };
}
