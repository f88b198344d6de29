import { type RequestEvent, redirect } from '@sveltejs/kit';
import { ACTING_COOKIE, signActing } from '#faces/server/cookies.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { cookieOptions } from '#lib/server/session.ts';
import { agree_to_proxy, ask_for_proxy, end_proxy, my_file } from '#modules/people/index.ts';
import { mayActFor, normalPhone } from '#platform/accounts/index.ts';
import { notFound } from '#platform/refusal.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/family');
  const { proxies } = await see({ ...visit, actor: { ...visit.actor, on_behalf_of_id: undefined } }, my_file, {});
  return {
    mine: proxies.filter((one) => one.proxy_id === visit.actor.id),
    theirs: proxies.filter((one) => one.subject_id === visit.actor.id),
    title: locale(visit, 'web.family.title'),
  };
};

export const actions = {
  ask: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, ask_for_proxy, {
        subject_phone: normalPhone(text(form, 'phone') ?? ''),
        relation: text(form, 'relation'),
      }),
    ),
  agree: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, agree_to_proxy, { id: text(form, 'id') })),
  end: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, end_proxy, { id: text(form, 'id') })),
  act_for: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const subject = text(form, 'subject_id') ?? '';
        if (
          !visit.session_hash ||
          !/^[0-9a-f-]{36}$/.test(subject) ||
          !(await mayActFor(visit.environment, visit.community, visit.actor, subject))
        )
          notFound('person', subject);
        event.cookies.set(ACTING_COOKIE, signActing(visit.environment.session_key, visit.session_hash, subject), {
          ...cookieOptions(event.url),
          maxAge: 7200,
        });
      },
      () => '/ask',
    ),
  stop: (event: RequestEvent) =>
    formAction(
      event,
      async () => event.cookies.delete(ACTING_COOKIE, { path: '/' }),
      () => '/me/family',
    ),
};
