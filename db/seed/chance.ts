import { createHash } from 'node:crypto';

/** Deterministic chance: the same seed gives the same neighbourhood on every machine. */
export type Chance = {
  /** A number from 0 up to but not including 1. */
  next(): number;
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** True with this probability. */
  yes(probability: number): boolean;
};

/** Mulberry32 seeded by SHA-256 of the words. */
export function chanceOf(...words: (string | number)[]): Chance {
  let state = createHash('sha256').update(words.join('/')).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: (from) => from[below(from.length)]!, yes: (probability) => next() < probability };
}
