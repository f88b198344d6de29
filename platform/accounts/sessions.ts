import { randomBytes } from 'node:crypto';
import { sha256 } from '../crypto.ts';
import type { Environment } from '../environment.ts';
import {
  accountsOf,
  addSession,
  endSessions,
  findSession,
  openSessions,
  type Session,
  touchSession,
} from './account.store.ts';

const LONGEST_MS = 30 * 86_400_000;
/** An unused session ends after two weeks; people on a shared phone sign out. */
const IDLE_MS = 14 * 86_400_000;
const TOUCH_MS = 5 * 60_000;

/** Begins a session and returns the token for the cookie; only its hash is kept. Always a new one: nothing to fixate. */
export async function beginSession(
  environment: Environment,
  login_id: string,
  method: string,
  user_agent?: string,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = environment.clock();
  await addSession(accountsOf(environment), {
    token_hash: sha256(token),
    login_id,
    method,
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(now.getTime() + LONGEST_MS),
    user_agent: user_agent?.slice(0, 300) ?? null,
  });
  return token;
}

/** The open session of a token, or undefined. */
export async function sessionOf(environment: Environment, token: string | undefined): Promise<Session | undefined> {
  if (!token || token.length > 100) return undefined;
  const now = environment.clock();
  const db = accountsOf(environment);
  const session = await findSession(db, sha256(token), now, new Date(now.getTime() - IDLE_MS));
  if (session && now.getTime() - session.last_seen_at.getTime() > TOUCH_MS)
    await touchSession(db, session.token_hash, now);
  return session;
}

/** Ends one session of a login, or all but the one that asks. */
export async function endSession(
  environment: Environment,
  session: { login_id: string; token_hash: Buffer },
  others = false,
): Promise<void> {
  const which = others ? { except: session.token_hash } : { only: session.token_hash };
  await endSessions(accountsOf(environment), session.login_id, environment.clock(), which);
}

export async function listSessions(environment: Environment, login_id: string) {
  return openSessions(accountsOf(environment), login_id, environment.clock());
}
