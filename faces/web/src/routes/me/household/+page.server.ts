import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { writeKnockWish } from '#lib/server/knock_wish.ts';
import { locale } from '#lib/server/locale.ts';
import {
  answer_claim,
  HOUSEHOLD_RELATIONS,
  join_household,
  leave_household,
  my_households,
  waiting_claims,
} from '#modules/people/index.ts';
import { search_address } from '#modules/places/index.ts';
import { my_knock_wishes } from '#modules/visits/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/household');
  // Where somebody lives is their own to say; a proxy goes back to themselves first.
  if (visit.acting_for) redirect(303, '/me/family');
  const words = url.searchParams.get('where') ?? '';
  const found = words ? await see(visit, search_address, { text: words.slice(0, 200), limit: 12 }) : [];
  return {
    words,
    found: found.filter((place) => place.household_id !== null),
    households: await see(visit, my_households, {}),
    wishes: Object.fromEntries((await see(visit, my_knock_wishes, {})).map((wish) => [wish.household_id, wish])),
    waiting: await see(visit, waiting_claims, {}),
    relations: HOUSEHOLD_RELATIONS,
    title: locale(visit, 'web.household.title'),
  };
};

export const actions = {
  answer: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        act(visit, answer_claim, { member_id: text(form, 'member_id'), lives_here: form.get('lives_here') === 'yes' }),
      () => '/me/household',
    ),
  join: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        act(visit, join_household, {
          household_id: text(form, 'household_id'),
          relation: text(form, 'relation'),
          person_id: visit.actor.id,
        }),
      () => '/me/household',
    ),
  leave: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => act(visit, leave_household, { id: text(form, 'id') }),
      () => '/me/household',
    ),
  wish: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => writeKnockWish(form, visit, text(form, 'household_id')),
      () => '/me/household',
    ),
};
