import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { cookieOptions } from '#lib/server/session.ts';
import { set_preferences, write_person } from '#modules/people/index.ts';
import { list_requests } from '#modules/requests/index.ts';
import { endSession, listPasskeys, listSessions, removePasskey, setPassword } from '#platform/accounts/index.ts';
import { isStaff } from '#platform/actor.ts';
import { noticePath } from '#platform/notice_kinds.ts';
import { my_notices, read_notices } from '#platform/notices.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person || !visit.login_id) redirect(303, '/sign-in');
  const sessions = await listSessions(visit.environment, visit.login_id);
  return {
    mine: (await see(visit, list_requests, { mine: 'told', limit: 50 })).requests,
    notices: (await see(visit, my_notices, {})).map((notice) => ({ ...notice, path: noticePath(notice) })),
    sessions: sessions.map((one) => ({
      at: one.last_seen_at,
      agent: one.user_agent,
      is_this: one.token_hash.equals(visit.session_hash!),
    })),
    passkeys: await listPasskeys(visit.environment, visit.login_id),
    island: 'passkey',
    shows_name: visit.person.public_name !== null,
    language: visit.locale,
    name: visit.person.public_name ?? visit.person.name_masked,
    title: locale(visit, 'web.me.title'),
    live: `person/${visit.person.id}`,
  };
};

export const actions = {
  name: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, write_person, { id: visit.actor.id, name: text(form, 'name') }),
    ),
  preferences: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const [language, large_type] = [text(form, 'language') === 'en' ? 'en' : 'zh-CN', form.has('large_type')];
        const shows_name = isStaff(visit.actor) ? undefined : form.has('shows_name');
        await act(visit, set_preferences, { large_type, languages: [language], shows_name });
        // What is chosen here counts at once in this browser too.
        const kept = { ...cookieOptions(event.url), maxAge: 31_536_000 };
        event.cookies.set('locale', language, kept);
        event.cookies.set('large_type', large_type ? '1' : '0', kept);
      },
      () => '/me',
    ),
  read: (event: RequestEvent) => formAction(event, async (_form, visit) => act(visit, read_notices, {})),
  password: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      await setPassword(visit.environment, visit.login_id ?? '', {
        password: text(form, 'password') ?? '',
        old: text(form, 'old'),
      });
    }),
  remove_passkey: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      removePasskey(visit.environment, visit.login_id ?? '', text(form, 'id') ?? ''),
    ),
  end_others: (event: RequestEvent) =>
    formAction(event, async (_form, visit) => {
      if (visit.login_id && visit.session_hash)
        await endSession(visit.environment, { login_id: visit.login_id, token_hash: visit.session_hash }, true);
    }),
};
