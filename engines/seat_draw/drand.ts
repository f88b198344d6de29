import { createHash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { refuse } from './refuse.ts';

/** A public randomness beacon: every `period_s` seconds a round that nobody could know before. */
export type DrandChain = {
  name: string;
  hash: string;
  public_key: string;
  genesis_s: number;
  period_s: number;
  scheme: 'pedersen-bls-chained' | 'bls-unchained-g1-rfc9380';
};

export type DrandRound = { round: number; signature: string; previous_signature?: string };

/** The two chains of the League of Entropy. Their keys are what is trusted: they are published, and never change. */
export const DRAND_CHAINS: Readonly<Record<'quicknet' | 'default', DrandChain>> = {
  quicknet: {
    name: 'quicknet',
    hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    public_key:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    genesis_s: 1692803367,
    period_s: 3,
    scheme: 'bls-unchained-g1-rfc9380',
  },
  default: {
    name: 'default',
    hash: '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce',
    public_key: '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
    genesis_s: 1595431050,
    period_s: 30,
    scheme: 'pedersen-bls-chained',
  },
};

/** The number of the round published at or last before an instant; round 1 is that of the genesis. */
export function drandRoundAt(chain: DrandChain, at: Date): number {
  const round = Math.floor((at.getTime() / 1000 - chain.genesis_s) / chain.period_s) + 1;
  if (!(round >= 1)) throw new RangeError(`the chain ${chain.name} began later`);
  return round;
}

/** The instant at which a round is published. */
export function drandInstant(chain: DrandChain, round: number): Date {
  return new Date((chain.genesis_s + (round - 1) * chain.period_s) * 1000);
}

/**
 * The randomness of a round (SHA-256 of its signature, hexadecimal) once its signature is verified against the chain's key:
 * BLS12-381, offline, some tens of milliseconds. Refuses round_invalid and signature_wrong.
 */
export function openDrandRound(chain: DrandChain, { round, signature, previous_signature }: DrandRound): string {
  const isChained = chain.scheme === 'pedersen-bls-chained';
  const isHex = (text: unknown, bytes: number) =>
    typeof text === 'string' && new RegExp(`^[0-9a-f]{${bytes * 2}}$`).test(text);
  if (!Number.isSafeInteger(round) || round < 1 || !isHex(signature, isChained ? 96 : 48))
    refuse('round_invalid', 'A round has a number and a signature in hexadecimal.');
  if (isChained && !isHex(previous_signature, round === 1 ? 32 : 96))
    refuse('round_invalid', `A round of the chain ${chain.name} needs the signature before it, too.`);
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(round));
  const message = createHash('sha256')
    .update(Buffer.from(isChained ? previous_signature! : '', 'hex'))
    .update(number)
    .digest();
  if (!isSigned(chain, message, signature))
    refuse('signature_wrong', `This is not round ${round} of the chain ${chain.name}: its signature does not hold.`);
  return createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
}

function isSigned({ scheme, public_key }: DrandChain, message: Uint8Array, signature: string): boolean {
  const [bytes, key] = [signature, public_key].map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))) as [
    Uint8Array,
    Uint8Array,
  ];
  const suite = (group: 'G1' | 'G2') => `BLS_SIG_BLS12381${group}_XMD:SHA-256_SSWU_RO_NUL_`;
  try {
    if (scheme === 'pedersen-bls-chained') {
      const bls = bls12_381.longSignatures;
      return bls.verify(bytes, bls.hash(message, suite('G2')), key);
    }
    const bls = bls12_381.shortSignatures;
    return bls.verify(bytes, bls.hash(message, suite('G1')), key);
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
