import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, isRefusal, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { give_consent, my_consents, withdraw_consent } from '#modules/people/index.ts';
import { isStaff } from '#platform/actor.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/consents');
  if (visit.acting_for && isStaff(visit.actor)) redirect(303, '/me/family');
  const person_id = url.searchParams.get('for') ?? undefined;
  try {
    return { ...(await see(visit, my_consents, { person_id })), title: locale(visit, 'people.consent_page.title') };
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
};

const key = (form: FormData) => ({ person_id: text(form, 'person_id'), purpose: text(form, 'purpose') });

export const actions = {
  give: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, give_consent, { ...key(form), text_version: Number(text(form, 'text_version')) }),
    ),
  withdraw: (event: RequestEvent) => formAction(event, async (form, visit) => act(visit, withdraw_consent, key(form))),
};
