import type { RequestEvent } from '@sveltejs/kit';
import { ACTING_COOKIE, signActing } from '#faces/server/cookies.ts';
import type { Visit } from '#faces/server/visit.ts';
import { act_for } from '#modules/people/index.ts';
import { refuse } from '#platform/refusal.ts';
import { see } from './act.ts';
import { cookieOptions } from './session.ts';

const ACTING_SECONDS = 7200;

/** Begins to act for somebody in this session, for two hours; it is told in their file. */
export async function beginActing(
  event: Pick<RequestEvent, 'cookies' | 'url'>,
  visit: Visit,
  asked: { person_id: string | undefined; reason?: string },
): Promise<void> {
  if (!visit.session_hash) refuse('sign_in_first');
  // Whoever acts for somebody already begins anew as themselves.
  const myself = { ...visit, actor: { ...visit.actor, on_behalf_of_id: undefined } };
  const { id } = await see(myself, act_for, asked);
  const value = signActing(visit.environment.session_key, visit.session_hash, id);
  event.cookies.set(ACTING_COOKIE, value, { ...cookieOptions(event.url), maxAge: ACTING_SECONDS });
}
