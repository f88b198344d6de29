import { type RequestEvent, redirect } from '@sveltejs/kit';
import { ACTING_COOKIE } from '#faces/server/cookies.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { beginActing } from '#lib/server/acting.ts';
import { locale } from '#lib/server/locale.ts';
import { agree_to_proxy, ask_for_proxy, end_proxy, my_file } from '#modules/people/index.ts';
import { normalPhone } from '#platform/accounts/index.ts';

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
      (form, visit) => beginActing(event, visit, { person_id: text(form, 'subject_id') }),
      () => '/ask',
    ),
  stop: (event: RequestEvent) =>
    formAction(
      event,
      async () => event.cookies.delete(ACTING_COOKIE, { path: '/' }),
      () => '/me/family',
    ),
};
