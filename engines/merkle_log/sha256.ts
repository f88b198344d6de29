import { hash } from 'node:crypto';
import { makeLanes } from './lanes.ts';
import { ROUNDS_32, START_32 } from './verify.ts';

const HASH_BYTES = 32;
/** Entries of up to this many bytes fit, with 0x00 before them and the padding behind, into one block. */
const SHORT_BYTES = 54;
/** What a leaf begins with when it is hashed. */
const LEAF = Uint8Array.of(0);
/** Every node is 65 bytes: its second block holds one of them, a one, zeros, and the length in bits. */
const NODE_BITS = 520;

const { state, block, compress } = makeLanes(ROUNDS_32);
const start = Int32Array.from({ length: 32 }, (_, i) => START_32[i >> 2]!);

/** The leaf hashes of entries, 32 bytes each, side by side: SHA-256(0x00 ‖ entry). RFC 6962 section 2.1. */
export function hashLeaves(entries: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  const out = new DataView(hashes.buffer);
  const bytes = new Uint8Array(64);
  const words = new DataView(bytes.buffer);
  const waiting: number[] = [];
  const flush = () => {
    if (waiting.length === 0) return;
    state.set(start);
    compress();
    waiting.forEach((at, lane) => {
      store(out, at, lane);
    });
    waiting.length = 0;
  };
  entries.forEach((entry, i) => {
    if (entry.length > SHORT_BYTES) {
      hashes.set(hash('sha256', Buffer.concat([LEAF, entry]), 'buffer'), i * HASH_BYTES);
      return;
    }
    bytes.set(entry, 1);
    bytes[entry.length + 1] = 0x80;
    bytes.fill(0, entry.length + 2);
    words.setUint16(62, (entry.length + 1) * 8);
    const lane = waiting.push(i * HASH_BYTES) - 1;
    for (let word = 0; word < 16; word++) block[4 * word + lane] = words.getInt32(4 * word);
    if (lane === 3) flush();
  });
  flush();
  return hashes;
}

/** The hashes of `count` pairs of neighbours in a row of hashes: SHA-256(0x01 ‖ left ‖ right). RFC 6962 section 2.1. */
export function hashPairs(row: Uint8Array, count: number): Uint8Array {
  const hashes = new Uint8Array(count * HASH_BYTES);
  const out = new DataView(hashes.buffer);
  const pairs = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const last = [0, 0, 0, 0];
  for (let first = 0; first < count; first += 4) {
    const lanes = Math.min(4, count - first);
    for (let lane = 0; lane < lanes; lane++) {
      // One byte stands before the two hashes, so every word takes its first byte from the word before.
      let before = 1;
      for (let word = 0; word < 16; word++) {
        const now = pairs.getInt32((first + lane) * 64 + 4 * word);
        block[4 * word + lane] = (before << 24) | (now >>> 8);
        before = now;
      }
      last[lane] = before;
    }
    state.set(start);
    compress();
    block.fill(0, 4, 60);
    block.fill(NODE_BITS, 60);
    for (let lane = 0; lane < 4; lane++) block[lane] = (last[lane]! << 24) | 0x800000;
    compress();
    for (let lane = 0; lane < lanes; lane++) store(out, (first + lane) * HASH_BYTES, lane);
  }
  return hashes;
}

function store(out: DataView, at: number, lane: number): void {
  for (let i = 0; i < 8; i++) out.setInt32(at + 4 * i, state[4 * i + lane]!);
}
