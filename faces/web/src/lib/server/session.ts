import type { Cookies } from '@sveltejs/kit';
import { SESSION_COOKIE } from '#faces/server/cookies.ts';
import type { Visit } from '#faces/server/visit.ts';
import { beginSession } from '#platform/accounts/index.ts';

const MONTH = 30 * 86_400;

/** Begins a session and gives its token to the browser, where scripts cannot read it. */
export async function openSession(
  visit: Visit,
  cookies: Cookies,
  url: URL,
  login_id: string,
  method: string,
  agent: string | null,
): Promise<void> {
  const token = await beginSession(visit.environment, login_id, method, agent ?? undefined);
  cookies.set(SESSION_COOKIE, token, cookieOptions(url));
}

export function cookieOptions(url: URL) {
  return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: url.protocol === 'https:', maxAge: MONTH };
}

/** A path of our own to go on to; anything else is the page “me”. */
export function onward(url: URL): string {
  const to = url.searchParams.get('to') ?? '';
  return /^\/(?![/\\])/.test(to) ? to : '/me';
}
