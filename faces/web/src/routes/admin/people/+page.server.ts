import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import {
  decide_correction,
  find_people,
  grant_role,
  list_corrections,
  unmask,
  write_person,
} from '#modules/people/index.ts';
import { normalPhone } from '#platform/accounts/index.ts';

export const load = async ({ locals }: RequestEvent) => ({
  corrections: await see(locals.visit, list_corrections, {}),
  title: locale(locals.visit, 'web.admin.people'),
});

export const actions = {
  find: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const who = text(form, 'who') ?? '';
      const by = /^[+\d][\d\s-]+$/.test(who) ? { phone: normalPhone(who) } : { name: who };
      return {
        found: await see(visit, find_people, { ...by, reason: text(form, 'reason') ?? '' }),
        reason: text(form, 'reason') ?? '',
      };
    }),
  unmask: (event: RequestEvent) =>
    formAction(event, async (form, visit) => ({
      shown: await see(visit, unmask, { person_id: text(form, 'person_id'), reason: text(form, 'reason') ?? '' }),
    })),
  write: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        void (await act(visit, write_person, {
          name: text(form, 'name') ?? '',
          phone: text(form, 'phone') ? normalPhone(text(form, 'phone')!) : undefined,
        })),
    ),
  role: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        void (await act(visit, grant_role, { person_id: text(form, 'person_id'), role: text(form, 'role') })),
    ),
  decide: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        void (await act(visit, decide_correction, {
          id: text(form, 'id'),
          make: form.has('make'),
          reason: text(form, 'reason') ?? '',
        })),
    ),
};
