import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { show_category_model, switch_automatic_category } from '#modules/requests/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  return { model: await see(visit, show_category_model, {}), title: locale(visit, 'requests.model.title') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        void (await act(visit, switch_automatic_category, {
          is_on: form.get('is_on') === 'true',
          reason: text(form, 'reason') ?? '',
        })),
    ),
};
