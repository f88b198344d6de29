import type { Environment } from '../environment.ts';
import { refuse } from '../refusal.ts';
import { accountsOf, addAttempt, attemptsFrom, failuresInARow } from './account.store.ts';
import { keyed } from './keyed.ts';

/** NIST SP 800-63B, section 5.2.2: no more than 100 failures in a row, with growing waits long before. */
const FREE_FAILURES = 5;
const MOST_FAILURES = 100;
const LONGEST_WAIT_MS = 3_600_000;
const ADDRESS_FAILURES = 60;
const ADDRESS_WINDOW_MS = 600_000;

export type Knock = { login: string; address: string; method: string };

/** The wait after so many failures in a row: none at first, then doubling up to an hour. */
export function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, 15_000 * 2 ** (failures - FREE_FAILURES));
}

/** Refuses a try that comes too soon after failures, by login and by network address. */
export async function demandPatience(environment: Environment, knock: Knock): Promise<void> {
  const db = accountsOf(environment);
  const now = environment.clock();
  const { count, last_at } = await failuresInARow(db, keyed(environment, 'login', knock.login));
  if (count >= MOST_FAILURES) refuse('login_locked');
  const left_ms = last_at ? last_at.getTime() + waitAfter(count) - now.getTime() : 0;
  if (left_ms > 0) refuse('too_many_tries', { minutes: Math.ceil(left_ms / 60_000) });
  const since = new Date(now.getTime() - ADDRESS_WINDOW_MS);
  const fromHere = await attemptsFrom(db, keyed(environment, 'address', knock.address), since);
  if (fromHere >= ADDRESS_FAILURES) refuse('too_many_tries', { minutes: ADDRESS_WINDOW_MS / 60_000 });
}

export async function rememberTry(environment: Environment, knock: Knock, succeeded: boolean): Promise<void> {
  await addAttempt(accountsOf(environment), {
    login_key: keyed(environment, 'login', knock.login),
    address_key: keyed(environment, 'address', knock.address),
    method: knock.method,
    succeeded,
    at: environment.clock(),
  });
}
