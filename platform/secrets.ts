import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import webpush from 'web-push';
import { z } from 'zod';
import type { FieldKeys } from './crypto.ts';
import { refuseInWords } from './refuse_in_words.ts';

/** What only this installation knows. Whoever has these and the database can read everything. */
export type Secrets = {
  /** Passwords of the database's roles. */
  database: { superuser: string; owner: string; app: string };
  /** Cookies and hashes of tokens. */
  session_key: Buffer;
  keys: FieldKeys;
  /** Signs the heads of the log (Ed25519). */
  log_key: KeyObject;
  /** Tells the push services of browsers who sends (VAPID, RFC 8292). */
  push_keys: PushKeys;
};

export type PushKeys = { public_key: string; private_key: string };

const fileSchema = z.object({
  version: z.literal(1),
  database: z.object({ superuser: z.string().min(16), owner: z.string().min(16), app: z.string().min(16) }),
  session_key: z.base64(),
  sealing_keys: z.array(z.object({ id: z.int().min(0).max(255), key: z.base64() })).min(1),
  fingerprint_key: z.base64(),
  log_key: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
});

const KEY_BYTES = 32;

/**
 * Reads DATA_DIR/secrets.json, and makes it at the first start. Refused when it is damaged, or missing beside an
 * existing database: new keys could not open what the lost ones sealed.
 */
export function loadSecrets(data_dir: string): Secrets {
  const path = join(data_dir, 'secrets.json');
  if (!existsSync(path)) {
    if (existsSync(join(data_dir, 'postgres', 'PG_VERSION'))) {
      refuseInWords(
        'secrets_missing',
        `${path} is missing but the database beside it is not: put the file back from your copy.`,
      );
    }
    writeOnce(path, newSecrets());
  }
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // The reason would quote the content, so it is left out.
    return refuseInWords(
      'secrets_damaged',
      `${path} cannot be read as secrets of Yingmen: put the file back from your copy.`,
    );
  }
  return {
    database: file.database,
    session_key: Buffer.from(file.session_key, 'base64'),
    keys: {
      sealing: file.sealing_keys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') })),
      fingerprint: Buffer.from(file.fingerprint_key, 'base64'),
    },
    log_key: createPrivateKey(file.log_key),
    push_keys: loadPushKeys(data_dir),
  };
}

const pushKeysSchema = z.object({ public_key: z.base64url().length(87), private_key: z.base64url().length(43) });

/** In a file of their own: nothing is lost without them but the subscriptions of browsers, which ask again. */
function loadPushKeys(data_dir: string): PushKeys {
  const path = join(data_dir, 'push_keys.json');
  if (!existsSync(path)) {
    const { publicKey, privateKey } = webpush.generateVAPIDKeys();
    writeOnce(path, { public_key: publicKey, private_key: privateKey });
  }
  try {
    return pushKeysSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return refuseInWords('secrets_damaged', `${path} cannot be read: put it back from your copy, or remove it.`);
  }
}

function newSecrets(): z.infer<typeof fileSchema> {
  const key = () => randomBytes(KEY_BYTES).toString('base64');
  const password = () => randomBytes(24).toString('base64url');
  return {
    version: 1,
    database: { superuser: password(), owner: password(), app: password() },
    session_key: key(),
    sealing_keys: [{ id: 1, key: key() }],
    fingerprint_key: key(),
    log_key: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Whole or not at all, and the first of several processes wins: a link fails when the name is taken. */
function writeOnce(path: string, content: unknown): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished);
  }
}
