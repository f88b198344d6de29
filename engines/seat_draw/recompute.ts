/**
 * Draws seats, and recomputes a draw: one file without any dependency, the same in Node.js and, its types left out, in a
 * browser. The order is that of draft-thomson-elegy-vrs: everybody's place comes from their own label alone, so a
 * withdrawal moves nobody past anybody. SHA-256 (FIPS 180-4) and HKDF (RFC 5869) are its own, because pages without
 * https have no WebCrypto. Refusals are errors with a `code` and, for files, `line` and `column`.
 */
type Bytes = Uint8Array<ArrayBuffer>;

/** Who wants a seat. Lower priorities come first; null comes after all numbers. A group is seated whole or not at all. */
export type Entry = { id: string; priority: number | null; group: string | null };

/** What is drawn as one: an entry alone, or all of a group, their ids in the order of the canonical file. */
export type Unit = { label: string; priority: number; ids: string[] };

/** Ids in the order drawn, and the hash of the entries they were drawn from. */
export type Draw = { entries_sha256: string; winners: string[]; waiting: string[] };

const LARGEST_ID = 200;
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;
const PLAIN_NAME = /^[!-~]{1,200}$/;
/** No id can hold it, so a group's label is nobody's id. */
const GROUP_MARK = 'group\0';

function refuse(code: string, message: string, line?: number, column?: number): never {
  throw Object.assign(new Error(message), { code }, line === undefined ? {} : { line, column });
}

/**
 * Draws `seats` seats. The seed is any text, or 64 hexadecimal digits (the revealed secret), a colon and the public
 * randomness. A group has one place in the lottery whatever its size, stands where its last member stands by priority,
 * and waits when the seats left do not hold it; the next is looked at then. O(n log n).
 */
export function drawSeats(entries: readonly Entry[], seats: number, seed: string): Draw {
  const listed = inOrder(entries);
  const units = unitsOf(listed);
  const place = makePlaces(seed);
  // Six bytes decide nearly always; the whole place is looked at when they do not.
  const first = Float64Array.from(units, ({ label }) => {
    const words = place(label);
    return words[0]! * 65536 + (words[1]! >>> 16);
  });
  const byPlace = (a: number, b: number) =>
    units[a]!.priority - units[b]!.priority ||
    first[a]! - first[b]! ||
    (toHex(placeOf(seed, units[a]!.label)) < toHex(placeOf(seed, units[b]!.label)) ? -1 : 1);
  const order = Uint32Array.from(units, (_, i) => i).sort(byPlace);
  const drawn = Array.from(order, (i) => units[i]!);
  return { entries_sha256: hashEntries(listed), ...fillSeats(drawn, seats) };
}

/** The place of a label in the lottery: HKDF-Expand(key, label, 32). The lowest comes first. draft-thomson-elegy-vrs. */
export const placeOf = (seed: string, label: string): Bytes => toBytes(makePlaces(seed)(label));

/** Seats units in their order. */
export function fillSeats(units: readonly { ids: string[] }[], seats: number): Pick<Draw, 'winners' | 'waiting'> {
  if (!Number.isSafeInteger(seats) || seats < 0) refuse('seats_invalid', 'Seats are a whole number, zero or more.');
  const [winners, waiting]: [string[], string[]] = [[], []];
  for (const { ids } of units) {
    const isSeated = ids.length <= seats - winners.length;
    for (const id of ids) (isSeated ? winners : waiting).push(id);
  }
  return { winners, waiting };
}

/** Entries and groups as they are drawn, in the order of the list. Refuses what is no list of entries. */
export function unitsOf(entries: readonly Entry[]): Unit[] {
  checkEntries(entries);
  const groups = new Map<string, Unit>();
  const units: Unit[] = [];
  for (const { id, priority, group } of entries) {
    const unit = { label: group === null ? id : GROUP_MARK + group, priority: priority ?? Number.MAX_VALUE, ids: [id] };
    const known = group === null ? undefined : groups.get(group);
    if (known) {
      known.ids.push(id);
      known.priority = Math.max(known.priority, unit.priority);
    } else {
      units.push(unit);
      if (group !== null) groups.set(group, unit);
    }
  }
  return units;
}

function checkEntries(entries: readonly Entry[], lines: readonly number[] = []): void {
  if (entries.length === 0) refuse('entries_empty', 'There are no entries.', lines[0] ?? 1, 1);
  const seen = new Map<string, number>();
  entries.forEach(({ id, priority, group }, i) => {
    const line = lines[i] ?? i + 2;
    for (const name of group === null ? [id] : [id, group])
      if (
        !PLAIN_NAME.test(name) &&
        (name === '' || name.length > LARGEST_ID || NOT_IN_NAMES.test(name) || name !== name.trim().normalize())
      )
        refuse('entry_invalid', `Line ${line}: an id or group is one line of up to ${LARGEST_ID} letters.`, line, 1);
    if (priority !== null && !Number.isFinite(priority))
      refuse('priority_invalid', `Line ${line}: the priority is not a number.`, line, 1);
    if (seen.has(id)) refuse('entry_twice', `“${id}” stands in line ${seen.get(id)} and in line ${line}.`, line, 1);
    seen.set(id, line);
  });
}

// ---- the list of entries

/** The entries of a CSV file (RFC 4180) headed `id` and perhaps `priority` and `group`; other columns are left out. */
export function readEntries(csv: string): Entry[] {
  const [heading, ...rows] = readCsv(csv.replace(/^\ufeff/, ''));
  const names = heading?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const [idAt, priorityAt, groupAt] = [names.indexOf('id'), names.indexOf('priority'), names.indexOf('group')];
  if (idAt < 0) refuse('column_missing', 'The first line has to name a column “id”.', 1, 1);
  const entries = rows.map(({ line, cells }): Entry => {
    if (cells.length !== names.length)
      refuse('columns_differ', `Line ${line} has ${cells.length} columns, the heading ${names.length}.`, line, 1);
    const cell = (at: number) => (cells[at] ?? '').trim().normalize();
    const priority = cell(priorityAt);
    if (!/^(-?\d{1,9}(\.\d{1,6})?)?$/.test(priority))
      refuse('priority_invalid', `Line ${line}: the priority is not a number.`, line, priorityAt + 1);
    return { id: cell(idAt), priority: priority === '' ? null : Number(priority) + 0, group: cell(groupAt) || null };
  });
  checkEntries(entries, rows.length > 0 ? rows.map(({ line }) => line) : [1]);
  return entries;
}

function readCsv(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  const bare = /[^,\r\n]*/y;
  const quoted = /"((?:[^"]|"")*)"(?=[,\r\n]|$)/y;
  for (let [line, at] = [1, 0]; at < text.length; ) {
    const row = { line, cells: [] as string[] };
    for (let isOpen = true; isOpen; ) {
      const pattern = text[at] === '"' ? quoted : bare;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) refuse('quote_open', `Line ${line}: a quote is opened and not closed.`, line, row.cells.length + 1);
      row.cells.push(match[1]?.replaceAll('""', '"') ?? match[0]);
      if (match[1]) line += match[1].split('\n').length - 1;
      at += match[0].length;
      isOpen = text[at] === ',';
      if (isOpen) at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
  }
  return rows;
}

/** The one form in which a list is hashed: `id,priority,group`, a line each, sorted by id in the order of UTF-8 bytes. */
export function canonicalEntries(entries: readonly Entry[]): string {
  const quote = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = inOrder(entries).map(({ id, priority, group }) =>
    [quote(id), priority ?? '', quote(group ?? '')].join(),
  );
  return `${['id,priority,group', ...rows].join('\n')}\n`;
}

/** SHA-256 of the canonical list in hexadecimal: what is published before the draw. */
export function hashEntries(entries: readonly Entry[]): string {
  return toHex(sha256(encode(canonicalEntries(entries))));
}

/** Entries sorted by id in the order of UTF-8 bytes. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  const isPlain = entries.every(({ id }) => !/[\ud800-\uffff]/.test(id));
  return [...entries].sort((a, b) => (isPlain ? (a.id < b.id ? -1 : Number(a.id > b.id)) : compareText(a.id, b.id)));
}

/** The order of UTF-8 bytes is that of code points; JavaScript's own puts surrogates before the last of the basic plane. */
function compareText(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

const rank = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

// ---- SHA-256, HMAC, HKDF

const encode = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
export const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** HKDF-Extract: the revealed secret is the salt (none in a seed of plain text), the randomness the keying material. */
function extractKey(seed: string): Bytes {
  if (seed.trim() === '') refuse('seed_empty', 'The seed is empty.');
  const [, salt, randomness] = /^([0-9a-f]{64}):(.+)$/s.exec(seed) ?? [];
  const key = salt ? Uint8Array.from(salt.match(/../g)!, (pair) => Number.parseInt(pair, 16)) : new Uint8Array(0);
  return toBytes(hmac(key)(encode(randomness ?? seed)));
}

/** Places under a seed, eight words each; many labels cost little more than their hashes. A result holds until the next call. */
export function makePlaces(seed: string): (label: string) => Uint32Array {
  const keyed = hmac(extractKey(seed));
  const info = new Uint8Array(3 * LARGEST_ID + 24);
  return (label) => {
    if (label.length * 3 >= info.length) refuse('entry_invalid', `An id has up to ${LARGEST_ID} letters.`);
    const { written } = new TextEncoder().encodeInto(label, info);
    info[written] = 1;
    return keyed(info.subarray(0, written + 1));
  };
}

/** HMAC-SHA256 (RFC 2104) under a key of up to 64 bytes, whose blocks are hashed once. Returns the same words each time. */
function hmac(key: Bytes): (message: Bytes) => Uint32Array {
  const [inner, outer] = [0x36, 0x5c].map((mask) => {
    const state = START.slice();
    compress(state, new DataView(Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ mask).buffer), 0);
    return state;
  }) as [Uint32Array, Uint32Array];
  const [words, bytes] = [new Uint32Array(8), new Uint8Array(32)];
  return (message) => digest(toBytes(digest(message, words, inner, 64), bytes), words, outer, 64);
}

// Its constants are the fractional parts of the roots of the first primes.
const PRIMES = Array.from({ length: 312 }, (_, n) => BigInt(n)).filter(
  (n, _, all) => n > 1n && !all.some((d) => d > 1n && d * d <= n && n % d === 0n),
);
const ROUNDS = Int32Array.from(PRIMES, (prime) => rootBits(prime, 3n));
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => rootBits(prime, 2n));
const schedule = new Int32Array(64);

/** The first 32 bits behind the point of the root of that degree. */
function rootBits(prime: bigint, degree: bigint): number {
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= prime << (32n * degree)) root += bit;
  return Number(BigInt.asIntN(32, root));
}

/** SHA-256: 32 bytes. */
export const sha256 = (bytes: Uint8Array): Bytes => toBytes(digest(bytes, new Uint32Array(8), START, 0));

let padded = new Uint8Array(128);
let scratch = new DataView(padded.buffer);

/** SHA-256 as eight words; `start` is the state after `before` bytes of whole blocks that stand before these. */
function digest(bytes: Uint8Array, state: Uint32Array, start: Uint32Array, before: number): Uint32Array {
  const length = ((bytes.length + 72) >> 6) << 6;
  if (length > padded.length) {
    padded = new Uint8Array(length);
    scratch = new DataView(padded.buffer);
  }
  padded.set(bytes);
  padded.fill(0, bytes.length, length);
  padded[bytes.length] = 0x80;
  scratch.setUint32(length - 8, (bytes.length + before) / 2 ** 29);
  scratch.setUint32(length - 4, (bytes.length + before) * 8);
  state.set(start);
  for (let at = 0; at < length; at += 64) compress(state, scratch, at);
  return state;
}

function toBytes(words: Uint32Array, bytes = new Uint8Array(32)): Bytes {
  for (let i = 0; i < 32; i++) bytes[i] = words[i >> 2]! >>> (24 - 8 * (i & 3));
  return bytes;
}

function compress(state: Uint32Array, view: DataView, at: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let [a, b, c, d] = [state[0]! | 0, state[1]! | 0, state[2]! | 0, state[3]! | 0];
  let [e, f, g, h] = [state[4]! | 0, state[5]! | 0, state[6]! | 0, state[7]! | 0];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + ROUNDS[i]! + w[i]!) | 0;
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
