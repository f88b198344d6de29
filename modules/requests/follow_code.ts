import { type FieldKeys, fingerprint, sameBytes } from '#platform/crypto.ts';

const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** The code a visitor follows a request by: derived from its id and the installation's key, so nothing is kept of it. */
export function followCode(keys: FieldKeys, requestId: string): string {
  const bytes = fingerprint(keys, 'requests/follow_code', requestId);
  let code = '';
  // 31 characters of 16 bits each: the bias is below one in two thousand.
  for (let i = 0; i < LENGTH; i++) code += ALPHABET[bytes.readUInt16BE(i * 2) % ALPHABET.length];
  return code;
}

/** True when the code typed is the request's; spaces, hyphens and case do not matter. */
export function isFollowCode(keys: FieldKeys, requestId: string, typed: string | undefined): boolean {
  if (!typed) return false;
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  return sameBytes(Buffer.from(plain), Buffer.from(followCode(keys, requestId)));
}
