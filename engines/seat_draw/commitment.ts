import { createHash } from 'node:crypto';
import { refuse } from './refuse.ts';

/**
 * The hash chain of draft-thomson-elegy-vrs: SHA-256 applied `times` times to a secret. The last link is published before
 * entries close (the commitment); the first draw reveals the link before it, each further draw one link more.
 */
export function linkOf(secret: string | Uint8Array, times: number): string {
  if (!Number.isSafeInteger(times) || times < 1 || times > 1_000_000) throw new RangeError('1 to 1,000,000 links');
  let link: string | Uint8Array = secret;
  for (let i = 0; i < times; i++) link = createHash('sha256').update(link).digest();
  return Buffer.from(link).toString('hex');
}

/** Whether hashing the revealed link `times` times (once for the first draw) gives the commitment that was published. */
export function isRevealed(commitment: string, link: string, times = 1): boolean {
  if (!/^[0-9a-f]{64}$/.test(commitment) || !/^[0-9a-f]{64}$/.test(link)) return false;
  return linkOf(Buffer.from(link, 'hex'), times) === commitment;
}

/** The seed of a draw: the revealed link and the public randomness that was named beforehand. Refuses a link that does not fit. */
export function makeSeed(parts: { commitment: string; link: string; times?: number; randomness: string }): string {
  if (!isRevealed(parts.commitment, parts.link, parts.times))
    refuse('commitment_differs', 'What is revealed is not what was committed to before closing.');
  if (parts.randomness.trim() === '') refuse('randomness_missing', 'There is no public randomness yet.');
  return `${parts.link}:${parts.randomness}`;
}
