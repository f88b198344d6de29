import { createHmac, randomBytes } from 'node:crypto';
import { type FieldKeys, sameBytes, sha256 } from './crypto.ts';

const NONCE_DIGITS = 16;
const SEAL_DIGITS = 32;

/** A salt for one box, kept beside it until it is closed and then forgotten. */
export const newBoxSalt = (): string => randomBytes(16).toString('hex');

/** What the log says of a salt, which is too long to be guessed from it. */
export const sealOfBoxSalt = (salt: string): string => sha256(salt).toString('hex');

export type BallotBox = {
  /** The seal of what a ballot says, another one each time. */
  seal: (code_hash: string, says: string) => string;
  /** Whether a ballot still says what was sealed. */
  isWhole: (code_hash: string, says: string, seal: string) => boolean;
  /** The proof that the ballot under this seal was replaced by its voter. */
  proofOfReplaced: (seal: string) => string;
};

/**
 * The seals of a ballot box that is open: HMAC-SHA-256 cut to 128 bits under a key made of the key of this place, which
 * is not in the database, and the salt of the box, which is. So nobody seals a ballot by SQL, and once the salt is
 * forgotten nobody, with the key or without, finds from a seal which published ballot it was. About 3 µs a seal.
 */
export function ballotBox(keys: FieldKeys, kind: string, vote_id: string, salt: string): BallotBox {
  const key = hmac(keys.fingerprint, ['ballot box', kind, vote_id, salt]);
  const sealUnder = (nonce: string, ...parts: string[]) =>
    nonce +
    hmac(key, [nonce, ...parts])
      .toString('hex')
      .slice(0, SEAL_DIGITS);
  return {
    seal: (code_hash, says) => sealUnder(randomBytes(NONCE_DIGITS / 2).toString('hex'), 'ballot', code_hash, says),
    isWhole: (code_hash, says, seal) => same(seal, sealUnder(seal.slice(0, NONCE_DIGITS), 'ballot', code_hash, says)),
    proofOfReplaced: (seal) => sealUnder('', 'replaced', seal),
  };
}

const hmac = (key: Buffer, parts: string[]): Buffer => createHmac('sha256', key).update(parts.join('\n')).digest();

const same = (a: string, b: string) => sameBytes(Buffer.from(a), Buffer.from(b));
