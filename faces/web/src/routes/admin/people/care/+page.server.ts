import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, isRefusal, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import {
  CARE_PURPOSES,
  CHOSEN_END_REASONS,
  end_care,
  LEGAL_GROUNDS,
  list_care_kinds,
  record_care,
  renew_care,
  show_care,
} from '#modules/people/index.ts';

/** The circumstances of one person, for a reason that they read. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  const [person_id, reason] = [url.searchParams.get('person') ?? '', url.searchParams.get('reason') ?? ''];
  if (!reason) redirect(303, '/admin/people');
  try {
    return {
      ...{ person_id, reason, purposes: CARE_PURPOSES, ends: CHOSEN_END_REASONS, grounds: Object.keys(LEGAL_GROUNDS) },
      care: await see(visit, show_care, { person_id, reason }),
      kinds: (await see(visit, list_care_kinds, {})).map((kind) => kind.code),
      title: locale(visit, 'people.care_page.title'),
    };
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
};

/** “Said at the door” and its like are consents; the others are grounds of law. */
function basisFrom(form: FormData) {
  const basis = text(form, 'basis') ?? '';
  if (basis === 'standing') return {};
  return basis in LEGAL_GROUNDS ? { legal_ground: basis } : { consent_how: basis };
}

export const actions = {
  record: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(
        visit,
        record_care,
        {
          ...{
            person_id: event.url.searchParams.get('person'),
            kind: text(form, 'kind'),
            purpose: text(form, 'purpose'),
          },
          ...basisFrom(form),
          ...{ expires_on: text(form, 'expires_on'), note: text(form, 'note') },
        },
        text(form, 'command_id'),
      ),
    ),
  renew: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, renew_care, { id: text(form, 'id'), ...basisFrom(form) })),
  end: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, end_care, { id: text(form, 'id'), reason: text(form, 'reason') }),
    ),
};
