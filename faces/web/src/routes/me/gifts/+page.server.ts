import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see } from '#lib/server/act.ts';
import { idFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { my_gifts, show_my_name } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/gifts');
  return {
    ...(await see(visit, my_gifts, { before: idFrom(url, 'before') })),
    title: locale(visit, 'funds.mine.title'),
  };
};

export const actions = {
  name: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, show_my_name, { is_hidden: form.get('is_hidden') === 'yes' }),
      () => '/me/gifts',
    ),
};
