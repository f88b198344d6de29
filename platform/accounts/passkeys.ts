import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Environment } from '../environment.ts';
import { refuse } from '../refusal.ts';
import { accountsOf, loginById } from './account.store.ts';
import {
  addChallenge,
  deletePasskey,
  findPasskey,
  forgetOldChallenges,
  insertPasskey,
  passkeysOf,
  takeChallenge,
  usePasskey,
} from './passkey.store.ts';
import { demandPatience, rememberTry } from './throttle.ts';

const CHALLENGE_MS = 5 * 60_000;
const MOST_PASSKEYS = 20;

/** Where passkeys of this installation are good: the host of its address. */
function relyingParty(environment: Environment) {
  return { rpID: new URL(environment.base_url).hostname, origin: new URL(environment.base_url).origin };
}

/** What the browser needs to make a passkey for a login. */
export async function beginPasskey(
  environment: Environment,
  login_id: string,
  names: { site: string; person: string },
) {
  const db = accountsOf(environment);
  const known = await passkeysOf(db, login_id);
  if (known.length >= MOST_PASSKEYS) refuse('passkey_many');
  const options = await generateRegistrationOptions({
    rpName: names.site,
    rpID: relyingParty(environment).rpID,
    userName: names.person,
    userID: new TextEncoder().encode(login_id),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(environment, options.challenge, 'register', login_id);
  return options;
}

/** Checks what the browser made and keeps its public key. Refuses `passkey_refused`. */
export async function addPasskey(
  environment: Environment,
  login_id: string,
  response: RegistrationResponseJSON,
  label: string,
): Promise<void> {
  const db = accountsOf(environment);
  const { rpID, origin } = relyingParty(environment);
  const now = environment.clock();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(db, challenge, 'register', login_id, now),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified || !verified.registrationInfo) refuse('passkey_refused');
  const { credential } = verified.registrationInfo;
  const { id, publicKey, counter, transports = [] } = credential;
  await insertPasskey(db, {
    id,
    login_id,
    public_key: Buffer.from(publicKey),
    counter,
    transports,
    label: label.slice(0, 100) || 'passkey',
    created_at: now,
  });
}

/** What the browser needs to sign in with any passkey it has for this site: nobody says who they are beforehand. */
export async function askForPasskey(environment: Environment) {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(environment).rpID,
    userVerification: 'required',
  });
  await keepChallenge(environment, options.challenge, 'sign_in', null);
  return options;
}

/** The login that a passkey opens. Unknown passkeys, used challenges and counters that went back are refused the same (`passkey_refused`). */
export async function loginWithPasskey(
  environment: Environment,
  response: AuthenticationResponseJSON,
  address: string,
): Promise<string> {
  const db = accountsOf(environment);
  const knock = { login: `passkey/${String(response?.id).slice(0, 400)}`, address, method: 'passkey' };
  await demandPatience(environment, knock);
  const { rpID, origin } = relyingParty(environment);
  const now = environment.clock();
  const passkey = await findPasskey(db, String(response?.id));
  const verified =
    passkey &&
    (await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(db, challenge, 'sign_in', null, now),
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: new Uint8Array(passkey.public_key), counter: passkey.counter },
    }).catch(() => undefined));
  const login = passkey && verified?.verified ? await loginById(db, passkey.login_id) : undefined;
  const opens = login !== undefined && !login.disabled_at;
  await rememberTry(environment, knock, opens);
  if (!opens || !passkey || !verified) refuse('passkey_refused');
  await usePasskey(db, passkey.id, verified.authenticationInfo.newCounter, now);
  return passkey.login_id;
}

export async function listPasskeys(environment: Environment, login_id: string) {
  const found = await passkeysOf(accountsOf(environment), login_id);
  return found.map(({ id, label, created_at, last_used_at }) => ({ id, label, created_at, last_used_at }));
}

export async function removePasskey(environment: Environment, login_id: string, id: string): Promise<void> {
  if (!login_id) refuse('signed_out');
  await deletePasskey(accountsOf(environment), id, login_id);
}

async function keepChallenge(
  environment: Environment,
  challenge: string,
  purpose: string,
  login_id: string | null,
): Promise<void> {
  const db = accountsOf(environment);
  const now = environment.clock();
  await forgetOldChallenges(db, now);
  await addChallenge(db, { login_id, challenge, purpose, expires_at: new Date(now.getTime() + CHALLENGE_MS) });
}
