import type { RequestEvent } from '@sveltejs/kit';
import { ACTING_COOKIE, SESSION_COOKIE } from '#faces/server/cookies.ts';
import { endSession } from '#platform/accounts/index.ts';

export async function POST({ locals, cookies }: RequestEvent) {
  const { visit } = locals;
  if (visit.login_id && visit.session_hash)
    await endSession(visit.environment, { login_id: visit.login_id, token_hash: visit.session_hash });
  cookies.delete(SESSION_COOKIE, { path: '/' });
  cookies.delete(ACTING_COOKIE, { path: '/' });
  // What lies on the device goes as well, also where no script ran (islands/offline.js asks about what was not sent).
  return new Response(null, { status: 303, headers: { location: '/', 'clear-site-data': '"storage"' } });
}
