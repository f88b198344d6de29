import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { DB } from '../db.generated.ts';
import type { Environment } from '../environment.ts';
import { newId, SYSTEM_ID } from '../ids.ts';

/** Login tables belong to no community: one login serves a person wherever they live. */
export function accountsOf(environment: Environment): Kysely<DB> {
  return environment.database.of(SYSTEM_ID);
}

export type Login = {
  id: string;
  phone_masked: string | null;
  login_name: string | null;
  password_hash: string | null;
  locked_until: Date | null;
  disabled_at: Date | null;
};

const LOGIN = ['id', 'phone_masked', 'login_name', 'password_hash', 'locked_until', 'disabled_at'] as const;

export async function loginByPhone(db: Kysely<DB>, phone_fingerprint: Buffer): Promise<Login | undefined> {
  return db.selectFrom('logins').select(LOGIN).where('phone_fingerprint', '=', phone_fingerprint).executeTakeFirst();
}

export async function loginByName(db: Kysely<DB>, name: string): Promise<Login | undefined> {
  return db.selectFrom('logins').select(LOGIN).where('login_name', '=', name).executeTakeFirst();
}

export async function loginById(db: Kysely<DB>, id: string): Promise<Login | undefined> {
  return db.selectFrom('logins').select(LOGIN).where('id', '=', id).executeTakeFirst();
}

/** Two first sign-ins at once make one login: the phone's fingerprint is unique. */
export async function addLogin(
  db: Kysely<DB>,
  login: { id: string; phone_fingerprint: Buffer; phone_sealed: Buffer; phone_masked: string; created_at: Date },
): Promise<void> {
  await db
    .insertInto('logins')
    .values(login)
    .onConflict((conflict) => conflict.column('phone_fingerprint').doNothing())
    .execute();
}

export async function savePassword(db: Kysely<DB>, id: string, password_hash: string, at: Date): Promise<void> {
  await db.updateTable('logins').set({ password_hash, password_changed_at: at }).where('id', '=', id).execute();
}

export async function addCode(
  db: Kysely<DB>,
  code: { phone_fingerprint: Buffer; code_hash: Buffer; created_at: Date; expires_at: Date },
) {
  await db
    .insertInto('login_codes')
    .values({ id: newId(), ...code })
    .execute();
}

export async function codesSince(db: Kysely<DB>, phone_fingerprint: Buffer, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('login_codes')
    .select('created_at')
    .where('phone_fingerprint', '=', phone_fingerprint)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => row.created_at);
}

/**
 * Uses up the newest code of a phone when it is right: one statement, so that of two tries at once one wins. A wrong try
 * is counted against the code.
 */
export async function useCode(
  db: Kysely<DB>,
  phone_fingerprint: Buffer,
  code_hash: Buffer,
  now: Date,
  limit: number,
): Promise<boolean> {
  const { rows } = await sql<{ is_right: boolean }>`
    update login_codes set attempts = attempts + 1, used_at = case when code_hash = ${code_hash} then ${now}::timestamptz end
    where used_at is null and attempts < ${limit} and expires_at > ${now}
      and id = (select id from login_codes where phone_fingerprint = ${phone_fingerprint} order by created_at desc, id desc limit 1)
    returning used_at is not null as is_right`.execute(db);
  return rows[0]?.is_right === true;
}

export type Attempt = { login_key: Buffer; address_key: Buffer; method: string; succeeded: boolean; at: Date };

export async function addAttempt(db: Kysely<DB>, attempt: Attempt): Promise<void> {
  await db
    .insertInto('login_attempts')
    .values({ id: newId(), ...attempt })
    .execute();
}

/** Failures in a row since the last success, and when the last one was. */
export async function failuresInARow(
  db: Kysely<DB>,
  login_key: Buffer,
): Promise<{ count: number; last_at: Date | null }> {
  const { rows } = await sql<{ count: number; last_at: Date | null }>`
    select count(*) as count, max(at) as last_at from login_attempts
    where login_key = ${login_key} and not succeeded
      and at > coalesce((select max(at) from login_attempts where login_key = ${login_key} and succeeded), '-infinity')`.execute(
    db,
  );
  return rows[0]!;
}

export async function attemptsFrom(db: Kysely<DB>, address_key: Buffer, since: Date): Promise<number> {
  const row = await db
    .selectFrom('login_attempts')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('address_key', '=', address_key)
    .where('succeeded', '=', false)
    .where('at', '>', since)
    .executeTakeFirst();
  return row?.count ?? 0;
}

export type Session = {
  token_hash: Buffer;
  login_id: string;
  method: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
};

export async function addSession(db: Kysely<DB>, session: Session & { user_agent: string | null }): Promise<void> {
  await db.insertInto('login_sessions').values(session).execute();
}

export async function findSession(
  db: Kysely<DB>,
  token_hash: Buffer,
  now: Date,
  seen_after: Date,
): Promise<Session | undefined> {
  return db
    .selectFrom('login_sessions')
    .innerJoin('logins', 'logins.id', 'login_sessions.login_id')
    .select(['token_hash', 'login_id', 'method', 'login_sessions.created_at', 'last_seen_at', 'expires_at'])
    .where('token_hash', '=', token_hash)
    .where('ended_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', seen_after)
    .executeTakeFirst();
}

export async function touchSession(db: Kysely<DB>, token_hash: Buffer, at: Date): Promise<void> {
  await db.updateTable('login_sessions').set({ last_seen_at: at }).where('token_hash', '=', token_hash).execute();
}

export async function endSessions(
  db: Kysely<DB>,
  login_id: string,
  at: Date,
  which: { only?: Buffer; except?: Buffer },
): Promise<void> {
  let update = db
    .updateTable('login_sessions')
    .set({ ended_at: at })
    .where('login_id', '=', login_id)
    .where('ended_at', 'is', null);
  if (which.only) update = update.where('token_hash', '=', which.only);
  if (which.except) update = update.where('token_hash', '<>', which.except);
  await update.execute();
}

export async function openSessions(db: Kysely<DB>, login_id: string, now: Date) {
  return db
    .selectFrom('login_sessions')
    .select(['token_hash', 'method', 'created_at', 'last_seen_at', 'user_agent'])
    .where('login_id', '=', login_id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .execute();
}
