import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { record_consent, SAID_TO_STAFF, show_consents, withdraw_consent } from '#modules/people/index.ts';

// A page of a round from which somebody came, to lead back to.
const DOOR = /^\/rounds\/[\w-]+\/[\w-]+$/;

/** What one person agreed to and took back, for a reason that they read; staff write down what they say. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  const [person_id, reason] = [url.searchParams.get('person') ?? '', url.searchParams.get('reason') ?? ''];
  if (!reason) redirect(303, '/admin/people');
  const door = url.searchParams.get('door') ?? '';
  return {
    ...(await seeOrNotFound(visit, show_consents, { person_id, reason })),
    ...{ reason, ways: SAID_TO_STAFF, door: DOOR.test(door) ? door : null },
    title: locale(visit, 'people.consent_page.of_somebody'),
  };
};

const key = ({ url }: RequestEvent, form: FormData) => ({
  person_id: url.searchParams.get('person'),
  purpose: text(form, 'purpose'),
});

export const actions = {
  record: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(
        visit,
        record_consent,
        {
          ...key(event, form),
          ...{ given_how: text(form, 'given_how'), guardian_id: text(form, 'guardian_id') },
          text_version: Number(text(form, 'text_version')),
        },
        text(form, 'command_id'),
      ),
    ),
  withdraw: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, withdraw_consent, key(event, form), text(form, 'command_id'))),
};
