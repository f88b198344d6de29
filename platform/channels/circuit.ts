/** When a circuit lets messages through: always, one to try, or none until an instant. */
export type Circuit = {
  /** How many messages may be under way at `now`; 1 while it tries whether the provider is back. */
  allows(now: number, most: number): number;
  /** When the next message may be tried, in milliseconds since the epoch; in the past while it is closed. */
  opens_at(): number;
  succeeded(): void;
  failed(now: number): void;
};

const FAILURES = 5;
const SHORTEST_MS = 15_000;
const LONGEST_MS = 5 * 60_000;

/**
 * A circuit breaker for one channel (Nygard, Release It!): after 5 failures in a row nothing is sent for 15 seconds, then
 * one message tries; each time that fails the pause doubles, up to 5 minutes. Pure but for its own state; O(1).
 */
export function newCircuit(): Circuit {
  let failures = 0;
  let pause_ms = SHORTEST_MS;
  let until = 0;
  return {
    allows: (now, most) => (now < until ? 0 : failures >= FAILURES ? 1 : most),
    opens_at: () => until,
    succeeded() {
      failures = 0;
      pause_ms = SHORTEST_MS;
      until = 0;
    },
    failed(now) {
      failures += 1;
      if (failures < FAILURES || now < until) return;
      until = now + pause_ms;
      pause_ms = Math.min(LONGEST_MS, pause_ms * 2);
    },
  };
}
