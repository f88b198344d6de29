import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { ask_for_correction, my_file } from '#modules/people/index.ts';
import { list_requests } from '#modules/requests/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/file');
  const [file, told] = [await see(visit, my_file, {}), await see(visit, list_requests, { mine: 'told', limit: 200 })];
  return { file, told: told.requests, title: locale(visit, 'web.file.title') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, ask_for_correction, {
        field: text(form, 'field'),
        proposed: text(form, 'proposed') ?? '',
        reason: text(form, 'reason') ?? '',
      }),
    ),
};
