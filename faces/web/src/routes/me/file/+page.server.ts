import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import {
  add_contact,
  ask_for_correction,
  ask_for_export,
  end_contact,
  my_exports,
  my_file,
} from '#modules/people/index.ts';
import { list_requests } from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/file');
  // Staff who act for somebody do not see the file by it: they look it up with a reason.
  if (visit.acting_for && isStaff(visit.actor)) redirect(303, '/me/family');
  const [file, told] = [await see(visit, my_file, {}), await see(visit, list_requests, { mine: 'told', limit: 200 })];
  const exports = await see(visit, my_exports, {});
  return { file, exports, told: told.requests, title: locale(visit, 'web.file.title') };
};

export const actions = {
  export: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => act(visit, ask_for_export, { format: text(form, 'format'), locale: visit.locale }),
      () => '/me/file',
    ),
  correct: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, ask_for_correction, {
        field: text(form, 'field'),
        proposed: text(form, 'proposed') ?? '',
        reason: text(form, 'reason') ?? '',
      }),
    ),
  contact: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const value = text(form, 'value') ?? '';
      const kind = value.includes('@') ? 'email' : 'phone';
      return act(visit, add_contact, { person_id: visit.actor.id, kind, value });
    }),
  end_contact: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, end_contact, { id: text(form, 'id') })),
};
