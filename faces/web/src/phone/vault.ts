import { newId } from './ids.ts';
import { change, one, type Sealed, type SealRow, wipe } from './store.ts';

// The key of what lies on the phone. It is random, is never stored as it is, and is in memory only between opening and
// locking. What is stored is that key wrapped by a key from the PIN (PBKDF2-HMAC-SHA-256, 600,000 rounds: OWASP Password
// Storage Cheat Sheet, 2023), and by a passkey where the phone can (passkey_lock.ts).

const ROUNDS = 600_000;
export const SHORTEST_PIN = 6;
/** So many wrong PINs in a row take everything off the phone. */
const MOST_TRIES = 10;

export type Wrapped = { salt: Uint8Array<ArrayBuffer>; wrapped: Sealed };
export type PasskeyWrapped = Wrapped & { credential_id: ArrayBuffer };
export type Vault = SealRow & {
  id: 'vault';
  /** This phone, as the server knows it. */
  phone_id: string;
  person_id: string;
  pin: Wrapped;
  passkey: PasskeyWrapped | null;
  tries: number;
  /** The phone's count of finished visits. */
  order: number;
  /** How far the server's clock is from the phone's, when they last spoke. */
  offset_seconds: number;
};

let key: CryptoKey | undefined;

export const isOpen = () => key !== undefined;
export const lock = () => {
  key = undefined;
};
export const readVault = async () => (await one('seals', 'vault')) as Vault | undefined;

/** Makes a new key for this phone and wraps it by the PIN that its holder chose. */
export async function makeVault(pin: string, person_id: string): Promise<void> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const vault: Vault = {
    id: 'vault',
    phone_id: newId(),
    person_id,
    pin: await wrapBy(raw, (salt) => pinKey(pin, salt)),
    passkey: null,
    tries: 0,
    order: 0,
    offset_seconds: 0,
  };
  await change(({ put }) => put('seals', vault));
  await take(raw);
}

/** Opens with the PIN; false when it is wrong, and after too many wrong ones nothing is left to open. */
export async function openByPin(pin: string): Promise<'open' | 'wrong' | 'wiped'> {
  const vault = await readVault();
  if (!vault) return 'wiped';
  // Counted before it is tried, so that ending the browser in between gives no further try.
  await tried((tries) => tries + 1);
  const raw = await unwrap(vault.pin, await pinKey(pin, vault.pin.salt));
  if (raw) {
    await tried(() => 0);
    await take(raw);
    return 'open';
  }
  if (vault.tries + 1 < MOST_TRIES) return 'wrong';
  await wipe();
  return 'wiped';
}

const tried = (count: (tries: number) => number) =>
  change(async ({ get, put }) => {
    const vault = (await get('seals', 'vault')) as Vault;
    put('seals', { ...vault, tries: count(vault.tries) });
  });

/** Wraps the same key once more, by bytes that only the phone's passkey gives. The PIN has to be said once for it. */
export async function addPasskey(pin: string, credential_id: ArrayBuffer, secret: ArrayBuffer): Promise<boolean> {
  const vault = (await readVault())!;
  const raw = await unwrap(vault.pin, await pinKey(pin, vault.pin.salt));
  if (!raw) return false;
  const passkey = { credential_id, ...(await wrapBy(raw, (salt) => secretKey(secret, salt))) };
  await change(async ({ get, put }) => put('seals', { ...((await get('seals', 'vault')) as Vault), passkey }));
  return true;
}

export async function openByPasskey(secret: ArrayBuffer): Promise<boolean> {
  const passkey = (await readVault())?.passkey;
  const raw = passkey && (await unwrap(passkey, await secretKey(secret, passkey.salt)));
  if (raw) await take(raw);
  return Boolean(raw);
}

/** Seals a value for the row it belongs to: under another row's name it does not open. */
export async function seal(row: string, value: unknown): Promise<Sealed> {
  return sealBytes(row, new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer);
}

export async function open<T>(row: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(row, sealed))) as T;
}

export async function sealBytes(row: string, bytes: ArrayBuffer): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: named(row) }, held(), bytes) };
}

export function openBytes(row: string, { iv, bytes }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: named(row) }, held(), bytes);
}

const named = (row: string) => new TextEncoder().encode(row);

function held(): CryptoKey {
  if (!key) throw new Error('locked');
  return key;
}

async function take(raw: BufferSource): Promise<void> {
  key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function wrapBy(
  raw: BufferSource,
  keyOf: (salt: Uint8Array<ArrayBuffer>) => Promise<CryptoKey>,
): Promise<Wrapped> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(salt), raw);
  return { salt, wrapped: { iv, bytes } };
}

async function unwrap({ wrapped: { iv, bytes } }: Wrapped, by: CryptoKey): Promise<ArrayBuffer | undefined> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, by, bytes).catch(() => undefined);
}

async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', named(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function secretKey(secret: ArrayBuffer, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: named('yingmen phone') };
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
