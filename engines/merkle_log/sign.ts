import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { type Head, keyId, readKey, toBase64, toHex } from './verify.ts';

/** The half of a log's key that stays secret. `verifier` is what is published, for `readKey`. */
export type SigningKey = { name: string; verifier: string; private_key: KeyObject };

/** A new Ed25519 key; `secret` (PKCS 8, PEM) is what to keep sealed, for `openSigningKey`. */
export function makeSigningKey(name: string): { key: SigningKey; secret: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { key: openSigningKey(name, secret), secret };
}

/** The key of that name from its secret. The name stands in every signature: no space, no plus sign. */
export function openSigningKey(name: string, secret: string): SigningKey {
  const private_key = createPrivateKey(secret);
  if (private_key.asymmetricKeyType !== 'ed25519') throw new RangeError('a log is signed with an Ed25519 key');
  const spki = createPublicKey(private_key).export({ type: 'spki', format: 'der' });
  const public_key = new Uint8Array(spki.subarray(-32));
  const id = toHex(keyId(name, public_key));
  const verifier = `${name}+${id}+${toBase64(Uint8Array.of(1, ...public_key))}`;
  readKey(verifier);
  return { name, verifier, private_key };
}

/**
 * The head as a signed note: origin, size, root in base64 and the instant when it says one, an empty line, the signature.
 * Text that fits on paper, in a QR code, in a chat. C2SP tlog-checkpoint. `openHead` reads and verifies it.
 */
export function signHead({ origin, size, root, at }: Head, key: SigningKey): string {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== 32) throw new RangeError('this is no head of a log');
  if (!origin || /[\r\n]/.test(origin)) throw new RangeError('the origin of a log is one line');
  const note = `${[origin, size, toBase64(root), ...(at ? [at] : [])].join('\n')}\n`;
  const signature = sign(null, Buffer.from(note), key.private_key);
  const { id } = readKey(key.verifier);
  return `${note}\n— ${key.name} ${toBase64(Uint8Array.of(...id, ...signature))}\n`;
}

/** What DER puts before the 32 bytes of an Ed25519 key. RFC 8410 section 4. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The same verdict as `verifySignature` of the verifier that stands alone, by node:crypto: a tenth of a millisecond. */
export function checkSignature(message: Uint8Array, signature: Uint8Array, public_key: Uint8Array): boolean {
  if (signature.length !== 64 || public_key.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI, public_key]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}
