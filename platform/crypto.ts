import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Keys of personal fields. `sealing` is a queue: the first seals, all of them open, so a key is rotated by putting a new
 * one in front and resealing what `isStale` names.
 */
export type FieldKeys = {
  sealing: { id: number; key: Buffer }[];
  fingerprint: Buffer;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a personal field with AES-256-GCM, bound to its row: `place` (table/column/row id) is authenticated, so a
 * sealed value copied to another row does not open. Layout: key id (1 byte), nonce (12), tag (16), ciphertext.
 */
export function seal(keys: FieldKeys, place: string, text: string | Uint8Array): Buffer {
  const newest = keys.sealing[0];
  if (!newest) throw new Error('no sealing key');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', newest.key, nonce);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(typeof text === 'string' ? Buffer.from(text) : text), cipher.final()]);
  return Buffer.concat([Buffer.from([newest.id]), nonce, cipher.getAuthTag(), body]);
}

/** Opens what `seal` made for the same place. Throws when the key is gone or the row is not the one it was sealed for. */
export function open(keys: FieldKeys, place: string, sealed: Uint8Array): string {
  return openBytes(keys, place, sealed).toString('utf8');
}

/** Opens sealed bytes that are no text. */
export function openBytes(keys: FieldKeys, place: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const found = keys.sealing.find((candidate) => candidate.id === bytes[0]);
  if (!found) throw new Error(`sealing key ${bytes[0]} is not in the queue`);
  const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** True when a value was sealed with an older key than the first of the queue. */
export function isStale(keys: FieldKeys, sealed: Uint8Array): boolean {
  return sealed[0] !== keys.sealing[0]?.id;
}

/** A keyed fingerprint (HMAC-SHA-256) of a normalised value: exact search without the value. */
export function fingerprint(keys: FieldKeys, purpose: string, text: string): Buffer {
  return createHmac('sha256', keys.fingerprint)
    .update(`${purpose}\u0000${text.normalize('NFKC').trim().toLowerCase()}`)
    .digest();
}

export function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Equal in constant time; false when the lengths differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A random text of `length` characters from an alphabet without look-alikes (no 0 O 1 I L). */
export function randomCode(length: number, alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'): string {
  let code = '';
  while (code.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Bytes past the last whole multiple are skipped, so that every character is equally likely.
      if (byte < 256 - (256 % alphabet.length) && code.length < length) code += alphabet[byte % alphabet.length];
    }
  }
  return code;
}
