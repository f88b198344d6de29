import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { erase_me, what_is_kept } from '#modules/people/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const title = locale(visit, 'people.erasure.title');
  if (url.searchParams.has('gone')) return { gone: true as const, title };
  if (!visit.person) redirect(303, '/sign-in?to=/me/erasure');
  if (visit.acting_for) redirect(303, '/me/family');
  return { ...(await see(visit, what_is_kept, {})), gone: false as const, title };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => act(visit, erase_me, { understood: form.has('understood') }),
      () => '/me/erasure?gone=1',
    ),
};
