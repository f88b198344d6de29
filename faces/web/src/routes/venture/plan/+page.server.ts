import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { rulesFrom } from '#lib/server/venture.ts';
import { list_venture_rounds, write_venture_round } from '#modules/projects/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { may_write } = await see(locals.visit, list_venture_rounds, { limit: 1 });
  if (!may_write) error(404, 'not_found');
  return { title: locale(locals.visit, 'projects.plan') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => act(visit, write_venture_round, rulesFrom(form, visit)),
      ({ number }) => `/venture/${number}`,
    ),
};
