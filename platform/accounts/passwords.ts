import { hash, verify } from '@node-rs/argon2';
import type { Environment } from '../environment.ts';
import { refuse } from '../refusal.ts';
import { accountsOf, loginById, loginByName, loginByPhone, savePassword } from './account.store.ts';
import { phoneFingerprint } from './codes.ts';
import { normalPhone } from './phone.ts';
import { demandPatience, rememberTry } from './throttle.ts';

// RFC 9106, section 4, the second recommended option scaled to a small server: 19 MiB, two passes (OWASP's floor).
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SHORTEST = 8;
const LONGEST = 128;

/** What everybody tries first; NIST SP 800-63B asks to refuse common passwords and nothing about their make-up. */
const COMMON = new Set(
  '12345678 123456789 1234567890 11111111 00000000 88888888 66666666 password password1 passw0rd qwertyui qwerty123 iloveyou abc12345 a1234567 a12345678 woaini1314 woaini520 5201314520 asdfghjk 1qaz2wsx admin123 yingmen123 letmein1 sunshine football baseball superman trustno1 welcome1 monkey12 dragon12 princess starwars'.split(
    ' ',
  ),
);

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID);
}

/** Refuses `password_short`, `password_long`, `password_common`. */
export function demandGoodPassword(password: string): void {
  const length = [...password].length;
  if (length < SHORTEST) refuse('password_short', { limit: SHORTEST }, { field: 'password' });
  if (length > LONGEST) refuse('password_long', { limit: LONGEST }, { field: 'password' });
  const isRepeated = new Set(password).size <= 2;
  if (isRepeated || COMMON.has(password.toLowerCase())) refuse('password_common', {}, { field: 'password' });
}

/** Sets the password of somebody who is signed in; whoever has one already must know it. */
export async function setPassword(
  environment: Environment,
  login_id: string,
  wanted: { password: string; old?: string },
): Promise<void> {
  const db = accountsOf(environment);
  const login = await loginById(db, login_id);
  if (!login) refuse('signed_out');
  demandGoodPassword(wanted.password);
  if (login.password_hash && !(await matches(login.password_hash, wanted.old ?? '')))
    refuse('password_wrong', {}, { field: 'old' });
  await savePassword(db, login_id, await hashPassword(wanted.password), environment.clock());
}

let unknown: Promise<string> | undefined;

/** The login that a name (or phone) and password open. Unknown names take as long and are refused the same. */
export async function loginWithPassword(
  environment: Environment,
  tried: { login: string; password: string; address: string },
): Promise<string> {
  const name = tried.login.trim().toLowerCase();
  const knock = { login: name, address: tried.address, method: 'password' };
  await demandPatience(environment, knock);
  const login = await findLogin(environment, name);
  unknown ??= hashPassword('nobody has this password');
  const isRight = await matches(login?.password_hash ?? (await unknown), tried.password.slice(0, LONGEST));
  const opens = isRight && login?.password_hash != null && !login.disabled_at;
  await rememberTry(environment, knock, opens);
  if (!opens) refuse('login_wrong', {}, { field: 'password' });
  return login!.id;
}

async function findLogin(environment: Environment, name: string) {
  const db = accountsOf(environment);
  if (/^[+\d]/.test(name)) {
    try {
      return await loginByPhone(db, phoneFingerprint(environment, normalPhone(name)));
    } catch {
      return undefined;
    }
  }
  return loginByName(db, name);
}

async function matches(password_hash: string, password: string): Promise<boolean> {
  return verify(password_hash, password.normalize('NFKC')).catch(() => false);
}
