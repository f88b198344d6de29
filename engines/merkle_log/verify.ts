/**
 * The verifier of the log: one file without any dependency, the same in Node.js and, its types left out, in a browser.
 * Trees and proofs are those of RFC 6962; heads are checkpoints as signed notes (C2SP tlog-checkpoint, signed-note).
 * SHA-2 (FIPS 180-4) and Ed25519 (RFC 8032) are its own: WebCrypto is missing on pages without https, which is how a
 * neighbourhood's own machine is often reached, and older phones lack Ed25519. Only public values are handled, so nothing
 * needs constant time. Checks of proofs return false for whatever does not hold, malformed input included.
 */
type Bytes = Uint8Array<ArrayBuffer>;
type Hash = Uint8Array;
type Eight<T> = [T, T, T, T, T, T, T, T];

/** What a head says: whose log, how many leaves, the root over them, and when that was so (null when it does not say). */
export type Head = { origin: string; size: number; root: Hash; at: string | null };

/** A key that heads are verified with; `name` is usually the log's origin. */
export type VerifierKey = { name: string; id: Uint8Array; public_key: Uint8Array };

/** `leaf_hash` stands at `index` (from 0) in the tree of `size` leaves with that `root`. Hashes are 32 bytes. */
export type InclusionClaim = { index: number; size: number; leaf_hash: Hash; root: Hash; proof: readonly Hash[] };

/** The tree of `size1` leaves with `root1` is the beginning of the tree of `size2` leaves with `root2`. */
export type ConsistencyClaim = { size1: number; size2: number; root1: Hash; root2: Hash; proof: readonly Hash[] };

// ---- proofs
/** The hash of an entry as a leaf: SHA-256(0x00 ‖ entry). RFC 6962 section 2.1. */
export const hashLeaf = (entry: Uint8Array): Bytes => sha256(join(Uint8Array.of(0), entry));

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). RFC 6962 section 2.1. */
export const hashChildren = (left: Hash, right: Hash): Bytes => sha256(join(Uint8Array.of(1), left, right));

/** The root of a log without entries: SHA-256 of nothing. */
export const emptyRoot = (): Bytes => sha256(new Uint8Array(0));

/** Whether the proof shows that the leaf is in the tree. O(log size). RFC 9162 section 2.1.3.2. */
export function verifyInclusion({ index, size, leaf_hash, root, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (!isHash(leaf_hash) || !isHash(root) || !isProof(proof)) return false;
  let hash = leaf_hash;
  const isWhole = climb(index, size - 1, proof, (node, isLeft) => {
    hash = isLeft ? hashChildren(node, hash) : hashChildren(hash, node);
  });
  return isWhole && isSame(hash, root);
}

/** Whether the proof shows that the second tree only appended to the first. O(log size2). RFC 9162 section 2.1.4.2. */
export function verifyConsistency({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean {
  if (!isSize(size1) || !isSize(size2) || size1 === 0 || size1 > size2 || !isProof(proof)) return false;
  if (!(root1 instanceof Uint8Array && root2 instanceof Uint8Array)) return false;
  // Of one size, there is nothing to hash: the roots are the same or they are not.
  if (size1 === size2) return proof.length === 0 && isSame(root1, root2);
  if (proof.length === 0 || !isHash(root1) || !isHash(root2)) return false;
  let [at, last] = [size1 - 1, size2 - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // A first tree that is complete is a node of the second, so its root is not sent.
  const [start, ...rest] = at === 0 ? [root1, ...proof] : proof;
  let [hash1, hash2] = [start!, start!];
  const isWhole = climb(at, last, rest, (node, isLeft) => {
    if (isLeft) hash1 = hashChildren(node, hash1);
    hash2 = isLeft ? hashChildren(node, hash2) : hashChildren(hash2, node);
  });
  return isWhole && isSame(hash1, root1) && isSame(hash2, root2);
}

/** Goes up from node `at` of a level whose last node is `last`; whether the proof ends exactly at the root. */
function climb(at: number, last: number, proof: readonly Hash[], take: (node: Hash, isLeft: boolean) => void): boolean {
  for (const node of proof) {
    if (last === 0) return false;
    const isLeft = at % 2 === 1 || at === last;
    take(node, isLeft);
    // The last node of a level may stand alone; it is the same node until it has a left neighbour.
    while (isLeft && at !== 0 && at % 2 === 0) [at, last] = [half(at), half(last)];
    [at, last] = [half(at), half(last)];
  }
  return last === 0;
}

const half = (value: number) => Math.floor(value / 2);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is Uint8Array => value instanceof Uint8Array && value.length === 32;
const isProof = (value: unknown): boolean => Array.isArray(value) && value.length <= 64 && value.every(isHash);
const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// ---- heads
/** Reads a key as it is published: name+id+base64(0x01 ‖ Ed25519 public key). C2SP signed-note. Throws key_malformed. */
export function readKey(text: string): VerifierKey {
  const [, name = '', hex, key64 = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const key = fromBase64(key64);
  const id = key?.length === 33 && key[0] === 1 ? keyId(name, key.subarray(1)) : null;
  if (!key || !id || toHex(id) !== hex) refuse('key_malformed', 'This is not a key of a log: name+id+key is expected.');
  return { name, id, public_key: key.slice(1) };
}

/** What signatures by a key begin with: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key). C2SP signed-note. */
export function keyId(name: string, public_key: Uint8Array): Bytes {
  return sha256(join(new TextEncoder().encode(`${name}\n`), Uint8Array.of(1), public_key)).slice(0, 4);
}

/**
 * The head of a log, when the key has signed it: the text of a checkpoint (origin, size, root in base64, perhaps the
 * instant), an empty line, lines of signatures. `isSigned` may be faster. Throws head_malformed, key_unknown or signature_wrong.
 */
export function openHead(text: string, key: VerifierKey, isSigned = verifySignature): Head {
  if (text.length > 16_384) refuse('head_malformed', 'This is too long for a head of a log.');
  const end = text.lastIndexOf('\n\n');
  const [note, lines] = [text.slice(0, end + 1), text.slice(end + 2)];
  const head = end < 0 || !lines.endsWith('\n') ? null : readNote(note);
  if (!head) refuse('head_malformed', 'This is not a head of a log: origin, size and root are expected.');
  let found = false;
  for (const line of lines.slice(0, -1).split('\n')) {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    const bytes = match && fromBase64(match[2]!);
    if (!bytes || bytes.length < 5) refuse('head_malformed', 'A line of signatures cannot be read.');
    if (match[1] !== key.name || !isSame(bytes.subarray(0, 4), key.id)) continue;
    found = true;
    if (!isSigned(new TextEncoder().encode(note), bytes.subarray(4), key.public_key))
      refuse('signature_wrong', `The signature of ${key.name} does not belong to this head.`);
  }
  if (!found) refuse('key_unknown', `This head carries no signature by ${key.name}.`);
  return head;
}

function refuse(code: string, message: string): never {
  throw Object.assign(new Error(message), { code });
}

function readNote(note: string): Head | null {
  const [origin, size, root64, ...extensions] = note.slice(0, -1).split('\n');
  const root = fromBase64(root64 ?? '');
  if (!origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || root?.length !== 32 || extensions.includes('')) return null;
  const at = extensions.find((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(line)) ?? null;
  return { origin, size: Number(size), root, at };
}

/** Bytes of base64 in its one canonical form; null for anything else. */
export function fromBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const join = (...parts: Uint8Array[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));

// ---- SHA-2; its constants are the fractional parts of the roots of the first primes; SHA-256 takes their upper halves.
const MASK = (1n << 64n) - 1n;
const PRIMES = Array.from({ length: 410 }, (_, n) => BigInt(n)).filter(
  (n, _, all) => n > 1n && !all.some((d) => d > 1n && d * d <= n && n % d === 0n),
);
const ROUNDS = PRIMES.slice(0, 80).map((prime) => rootBits(prime, 3n));
const START = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2n));
const upperHalf = (word: bigint) => Number(BigInt.asIntN(32, word >> 32n));
export const ROUNDS_32 = Int32Array.from(ROUNDS.slice(0, 64), upperHalf);
export const START_32 = Int32Array.from(START, upperHalf);

/** The first 64 bits behind the point of the root of that degree. */
function rootBits(prime: bigint, degree: bigint): bigint {
  let root = 0n;
  for (let bit = 1n << 70n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= prime << (64n * degree)) root += bit;
  return root & MASK;
}

/** The message with what SHA-2 appends to it: a one, zeros, and its length in bits. */
function pad(bytes: Uint8Array, block: number): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + block / 8) / block) * block);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

/** SHA-256: 32 bytes. */
export function sha256(bytes: Uint8Array): Bytes {
  const view = pad(bytes, 64);
  const state = START_32.slice();
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    compress(state, w);
  }
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i++) out[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  return out;
}

function compress(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const [x, y] = [w[i - 15]!, w[i - 2]!];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + ROUNDS_32[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = s0 + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const grown = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = state[i]! + grown[i]!;
}

const turn = (word: bigint, by: bigint) => (word >> by) | ((word << (64n - by)) & MASK);

/** SHA-512, slow and short: a head needs it once. */
function sha512(bytes: Uint8Array): Bytes {
  const view = pad(bytes, 128);
  let state = START.slice();
  for (let at = 0; at < view.byteLength; at += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i));
    for (let i = 16; i < 80; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
      const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
      w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, h] = state as Eight<bigint>;
    for (let i = 0; i < 80; i++) {
      const t1 = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + (g ^ (e & (f ^ g))) + ROUNDS[i]! + w[i]!;
      const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) | (c & (a | b)));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]!) & MASK);
  }
  return Uint8Array.from({ length: 64 }, (_, i) => Number((state[i >> 3]! >> BigInt(56 - 8 * (i & 7))) & 255n));
}

// ---- Ed25519
const P = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
type Point = [x: bigint, y: bigint, z: bigint, t: bigint];
const BASE = pointOf(mod(4n * power(5n, P - 2n)), 0n)!;

/** Whether the signature of the message is the key's. About ten milliseconds. RFC 8032 section 5.1.7, without cofactor. */
export function verifySignature(message: Uint8Array, signature: Uint8Array, public_key: Uint8Array): boolean {
  if (signature.length !== 64 || public_key.length !== 32) return false;
  const encoded = decodeNumber(public_key);
  const key = pointOf(encoded & ((1n << 255n) - 1n), encoded >> 255n);
  const s = decodeNumber(signature.subarray(32));
  if (!key || s >= ORDER) return false;
  const r = signature.subarray(0, 32);
  const challenge = decodeNumber(sha512(join(r, public_key, message))) % ORDER;
  const [x, y, z] = add(multiply(BASE, s), multiply([mod(-key[0]), key[1], key[2], mod(-key[3])], challenge));
  const inverse = power(z, P - 2n);
  return decodeNumber(r) === (mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n));
}

const decodeNumber = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base); exponent > 0n; exponent >>= 1n, square = (square * square) % P)
    if (exponent & 1n) result = (result * square) % P;
  return result;
}

/** The sum of two points in extended coordinates; holds for doubling too. RFC 8032 section 5.1.4. */
function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function multiply(point: Point, by: bigint): Point {
  let sum: Point = [0n, 1n, 1n, 0n];
  for (let double = point; by > 0n; by >>= 1n, double = add(double, double)) if (by & 1n) sum = add(sum, double);
  return sum;
}

/** The point of that y with an odd or even x, or null when there is none. RFC 8032 section 5.1.3. */
function pointOf(y: bigint, odd: bigint): Point | null {
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x - u) !== 0n) x = mod(x * power(2n, (P - 1n) / 4n));
  if (mod(v * x * x - u) !== 0n || (x === 0n && odd === 1n)) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}
