import { json, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, problemsOf } from '#lib/server/act.ts';
import { onward, openSession } from '#lib/server/session.ts';
import { addPasskey, askForPasskey, beginPasskey, loginWithPasskey } from '#platform/accounts/index.ts';
import { refuse } from '#platform/refusal.ts';

type Body = { step?: string; response?: never; label?: string };

/** The four steps of passkeys, spoken by static/islands/passkey.js: options and answers, for making one and for signing in. */
export async function POST(event: RequestEvent) {
  const { visit } = event.locals;
  const body = (await event.request.json().catch(() => ({}))) as Body;
  const { environment, login_id, community } = visit;
  try {
    if (body.step === 'ask') return json(await askForPasskey(environment));
    if (body.step === 'sign_in') {
      const login = await loginWithPasskey(environment, body.response!, visit.address);
      await openSession(visit, event.cookies, event.url, login, 'passkey', event.request.headers.get('user-agent'));
      return json({ to: onward(event.url) });
    }
    if (!login_id) refuse('sign_in_first');
    if (body.step === 'begin') {
      const person = visit.person?.public_name ?? visit.person?.name_masked ?? '';
      return json(await beginPasskey(environment, login_id, { site: community.names[visit.locale] ?? '', person }));
    }
    if (body.step === 'add') {
      await addPasskey(environment, login_id, body.response!, String(body.label ?? ''));
      return json({ to: '/me' });
    }
    refuse('invalid_choice');
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return json({ sentence: problemsOf(visit, error)[0]?.sentence }, { status: 400 });
  }
}
