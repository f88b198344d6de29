/** Numbers from 0 to 1 in an order that its seed alone decides (mulberry32), so that a trial that failed can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of a trial: from the environment, else a new one, and printed either way. */
export function seedOf(trial: string): number {
  const seed = Number(process.env.YINGMEN_SEED) || Math.floor(Math.random() * 1e9);
  process.stdout.write(`${trial}: YINGMEN_SEED=${seed}\n`);
  return seed;
}
