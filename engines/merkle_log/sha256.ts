import { hashChildren, hashLeaf } from './verify.ts';

const HASH_BYTES = 32;

/** The leaf hashes of entries, 32 bytes each, side by side: SHA-256(0x00 ‖ entry). RFC 6962 section 2.1. */
export function hashLeaves(entries: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  entries.forEach((entry, i) => {
    hashes.set(hashLeaf(entry), i * HASH_BYTES);
  });
  return hashes;
}

/** The hashes of `count` pairs of neighbours in a row of hashes: SHA-256(0x01 ‖ left ‖ right). RFC 6962 section 2.1. */
export function hashPairs(row: Uint8Array, count: number): Uint8Array {
  const hashes = new Uint8Array(count * HASH_BYTES);
  for (let i = 0; i < count; i++) {
    const left = row.subarray(i * 64, i * 64 + 32);
    const right = row.subarray(i * 64 + 32, i * 64 + 64);
    hashes.set(hashChildren(left, right), i * HASH_BYTES);
  }
  return hashes;
}
