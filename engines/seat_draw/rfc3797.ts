import { createHash } from 'node:crypto';
import { type Draw, type Entry, fillSeats, hashEntries, unitsOf } from './recompute.ts';
import { refuse } from './refuse.ts';

/**
 * The order of RFC 3797 over a numbered list of `count`: round r takes, of those left, the one at
 * MD5(r ‖ key ‖ r) mod how many are left. Returns numbers from 0. O(n log n). A change of the list changes every later
 * pick, which is why it is not our first choice; MD5 is the RFC's.
 */
export function orderByRfc3797(key: string, count: number, picks = count): number[] {
  if (!(count >= 0 && count <= 65_536)) refuse('entries_too_many', 'RFC 3797 draws among 65,536 entries at most.');
  const left = countTree(count);
  return Array.from({ length: Math.min(picks, count) }, (_, round) => {
    const word = Uint8Array.of(round >> 8, round & 255);
    const hash = createHash('md5').update(word).update(key).update(word).digest('hex');
    return takeAt(left, Number(BigInt(`0x${hash}`) % BigInt(count - round)));
  });
}

/** A draw by RFC 3797 over the list as it stands in the file; a group is listed where its first member is. */
export function drawByRfc3797(entries: readonly Entry[], seats: number, key: string): Draw {
  const units = unitsOf(entries);
  const drawn = orderByRfc3797(key, units.length).map((i) => units[i]!);
  drawn.sort((a, b) => a.priority - b.priority);
  return { entries_sha256: hashEntries(entries), ...fillSeats(drawn, seats) };
}

/** The bits of randomness that a choice of `picks` from `pool` needs: log2 of the binomial. RFC 3797 section 3. */
export function bitsNeeded(pool: number, picks: number): number {
  let bits = 0;
  for (let i = 1; i <= picks; i++) bits += Math.log2((pool - picks + i) / i);
  return bits;
}

/** A binary indexed tree over ones: how many are left before a place. */
function countTree(count: number): Int32Array {
  const tree = new Int32Array(count + 1);
  for (let i = 1; i <= count; i++) tree[i] = i & -i;
  return tree;
}

/** Takes the one with `before` others left before it, and returns its number in the whole list. */
function takeAt(tree: Int32Array, before: number): number {
  let [at, rest] = [0, before];
  for (let step = 2 ** Math.floor(Math.log2(tree.length)); step >= 1; step /= 2) {
    if (at + step < tree.length && tree[at + step]! <= rest) {
      at += step;
      rest -= tree[at]!;
    }
  }
  for (let i = at + 1; i < tree.length; i += i & -i) tree[i]!--;
  return at;
}
