import type { Kysely } from 'kysely';
import type { DB } from '../db.generated.ts';
import { newId } from '../ids.ts';

export type Passkey = {
  id: string;
  login_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  label: string;
  created_at: Date;
  last_used_at: Date | null;
};

const COLUMNS = [
  'id',
  'login_id',
  'public_key',
  'counter',
  'transports',
  'label',
  'created_at',
  'last_used_at',
] as const;

export async function addChallenge(
  db: Kysely<DB>,
  challenge: { login_id: string | null; challenge: string; purpose: string; expires_at: Date },
): Promise<void> {
  await db
    .insertInto('login_challenges')
    .values({ id: newId(), ...challenge })
    .execute();
}

/** Uses a challenge up: whoever deletes the row may go on with it, once. */
export async function takeChallenge(
  db: Kysely<DB>,
  challenge: string,
  purpose: string,
  login_id: string | null,
  now: Date,
): Promise<boolean> {
  let take = db
    .deleteFrom('login_challenges')
    .where('challenge', '=', challenge)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now);
  take = login_id ? take.where('login_id', '=', login_id) : take.where('login_id', 'is', null);
  return (await take.executeTakeFirst()).numDeletedRows > 0n;
}

export async function forgetOldChallenges(db: Kysely<DB>, now: Date): Promise<void> {
  await db.deleteFrom('login_challenges').where('expires_at', '<=', now).execute();
}

export async function passkeysOf(db: Kysely<DB>, login_id: string): Promise<Passkey[]> {
  return db
    .selectFrom('login_passkeys')
    .select(COLUMNS)
    .where('login_id', '=', login_id)
    .orderBy('created_at')
    .execute();
}

export async function findPasskey(db: Kysely<DB>, id: string): Promise<Passkey | undefined> {
  return db.selectFrom('login_passkeys').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

export async function insertPasskey(db: Kysely<DB>, passkey: Omit<Passkey, 'last_used_at'>): Promise<void> {
  await db.insertInto('login_passkeys').values(passkey).execute();
}

export async function usePasskey(db: Kysely<DB>, id: string, counter: number, at: Date): Promise<void> {
  await db.updateTable('login_passkeys').set({ counter, last_used_at: at }).where('id', '=', id).execute();
}

export async function deletePasskey(db: Kysely<DB>, id: string, login_id: string): Promise<void> {
  await db.deleteFrom('login_passkeys').where('id', '=', id).where('login_id', '=', login_id).execute();
}
