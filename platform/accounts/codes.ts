import { randomInt } from 'node:crypto';
import { fingerprint, seal } from '../crypto.ts';
import type { Environment } from '../environment.ts';
import { newId } from '../ids.ts';
import { refuse } from '../refusal.ts';
import { accountsOf, addCode, addLogin, codesSince, loginByPhone, useCode } from './account.store.ts';
import { keyed } from './keyed.ts';
import { maskPhone, normalPhone } from './phone.ts';
import { demandPatience, rememberTry } from './throttle.ts';

const VALID_MS = 10 * 60_000;
const TRIES_A_CODE = 5;
const CODES_AN_HOUR = 5;
const SECONDS_BETWEEN = 60;

export type CodeText = (code: string) => string;

/**
 * Sends a one-time code to a phone. The same for known and unknown phones, so nobody learns who is here. At most one a
 * minute and five an hour a phone (`code_sent_already`, `too_many_codes`).
 */
export async function askForCode(
  environment: Environment,
  asked: { phone: string; address: string },
  text: CodeText,
): Promise<void> {
  const phone = normalPhone(asked.phone);
  const now = environment.clock();
  const db = accountsOf(environment);
  await demandPatience(environment, { login: phone, address: asked.address, method: 'code' });
  const phone_fingerprint = phoneFingerprint(environment, phone);
  const recent = await codesSince(db, phone_fingerprint, new Date(now.getTime() - 3_600_000));
  if (recent[0] && now.getTime() - recent[0].getTime() < SECONDS_BETWEEN * 1000)
    refuse('code_sent_already', { seconds: SECONDS_BETWEEN });
  if (recent.length >= CODES_AN_HOUR) refuse('too_many_codes');
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const code_hash = codeHash(environment, phone, code);
  await addCode(db, { phone_fingerprint, code_hash, created_at: now, expires_at: new Date(now.getTime() + VALID_MS) });
  await environment.messenger.send({ channel: 'sms', to: phone, text: text(code) });
}

/** The login that a phone and its code open; made on the first sign-in. A code works once (`code_wrong` otherwise). */
export async function loginWithCode(
  environment: Environment,
  tried: { phone: string; code: string; address: string },
): Promise<string> {
  const phone = normalPhone(tried.phone);
  const knock = { login: phone, address: tried.address, method: 'code' };
  await demandPatience(environment, knock);
  const db = accountsOf(environment);
  const phone_fingerprint = phoneFingerprint(environment, phone);
  const code = tried.code.normalize('NFKC').replace(/\s/g, '');
  const isRight = await useCode(
    db,
    phone_fingerprint,
    codeHash(environment, phone, code),
    environment.clock(),
    TRIES_A_CODE,
  );
  await rememberTry(environment, knock, isRight);
  if (!isRight) refuse('code_wrong', {}, { field: 'code' });
  return (await ensureLogin(environment, phone)).id;
}

/** The login of a phone, made when there is none. */
export async function ensureLogin(environment: Environment, phone: string) {
  const db = accountsOf(environment);
  const phone_fingerprint = phoneFingerprint(environment, phone);
  const id = newId<'login'>();
  await addLogin(db, {
    id,
    phone_fingerprint,
    phone_sealed: seal(environment.keys, `logins/phone/${id}`, phone),
    phone_masked: maskPhone(phone),
    created_at: environment.clock(),
  });
  const login = await loginByPhone(db, phone_fingerprint);
  if (!login || login.disabled_at) refuse('login_disabled');
  return login;
}

export function phoneFingerprint(environment: Pick<Environment, 'keys'>, phone: string): Buffer {
  return fingerprint(environment.keys, 'logins/phone', phone);
}

function codeHash(environment: Environment, phone: string, code: string): Buffer {
  return keyed(environment, 'code', `${phone} ${code}`);
}
