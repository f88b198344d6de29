/** A source of whole numbers: `below(n)` is one of 0 … n-1. */
export type Random = { below(limit: number): number };

/**
 * The same numbers for the same seed on every machine: 32-bit integer arithmetic alone (sfc32 by Chris Doty-Humphrey,
 * PractRand). Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 4_294_967_296) | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return { below: (limit) => Math.floor((next() / 4_294_967_296) * limit) };
}
