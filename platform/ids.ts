import { createHash, randomBytes } from 'node:crypto';

/** A UUID in its canonical lower-case form; the brand says of what. */
export type Id<Kind extends string = string> = string & { readonly __kind?: Kind };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Acts when no person does: jobs, reactions, schedules. */
export const SYSTEM_ID = '00000000-0000-7000-8000-000000000001';
/** Acts when nobody has signed in. */
export const VISITOR_ID = '00000000-0000-7000-8000-000000000002';

export function isId(text: unknown): text is Id {
  return typeof text === 'string' && UUID.test(text);
}

let lastMilliseconds = 0;
let sequence = 0;

/**
 * A new UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a counter in the 12 bits of rand_a
 * (method 1 of section 6.2), so that ids made by one process sort in the order they were made.
 */
export function newId<Kind extends string = string>(now: number = Date.now()): Id<Kind> {
  if (now > lastMilliseconds) {
    lastMilliseconds = now;
    sequence = randomBytes(2).readUInt16BE() & 0x3ff;
  } else if (++sequence > 0xfff) {
    lastMilliseconds += 1;
    sequence = 0;
  }
  return uuidV7(lastMilliseconds, sequence, randomBytes(8));
}

function uuidV7(milliseconds: number, counter: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.set(random.subarray(0, 8), 8);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return format(bytes);
}

/**
 * The same id for the same words, always (UUIDv8, SHA-256): a reaction to an event is one command with one id,
 * however often a job repeats it.
 */
export function idFrom<Kind extends string = string>(...words: string[]): Id<Kind> {
  const bytes = createHash('sha256').update(words.join('\u0000')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return format(bytes);
}

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
