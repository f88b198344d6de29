import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { beginActing } from '#lib/server/acting.ts';
import { locale } from '#lib/server/locale.ts';
import { list_organisations } from '#modules/groups/index.ts';
import {
  add_contact,
  ask_for_proxy,
  decide_correction,
  end_role,
  find_people,
  grant_role,
  HOUSEHOLD_RELATIONS,
  join_household,
  leave_household,
  list_corrections,
  list_roles,
  unmask,
  verify_residence,
  write_person,
} from '#modules/people/index.ts';
import { list_grids, search_address } from '#modules/places/index.ts';
import { normalPhone } from '#platform/accounts/index.ts';
import { hasRole, ROLES } from '#platform/actor.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator', 'desk_officer', 'grid_worker')) error(404, 'not_found');
  if (visit.acting_for) redirect(303, '/me/family');
  const after = url.searchParams.get('after');
  const { next, ...waiting } = await see(visit, list_corrections, { after: isId(after) ? after : undefined });
  return {
    waiting: {
      ...waiting,
      here: isId(after) ? `&after=${after}` : '',
      next: next && `/admin/people?after=${next}#corrections`,
    },
    relations: HOUSEHOLD_RELATIONS,
    administration: hasRole(visit.actor, 'administrator') ? await administration(visit) : null,
    title: locale(visit, 'web.admin.people'),
  };
};

/** What an administrator gives roles from, and who holds which today by the names of grids and organisations. */
async function administration(visit: Visit) {
  const grids = await see(visit, list_grids, {});
  const { organisations } = await see(visit, list_organisations, { limit: 1000 });
  const names = new Map([...grids, ...organisations].map((one) => [one.id, one.names]));
  const held = await see(visit, list_roles, {});
  const roles = held.map((one) => ({ ...one, scope_names: one.scope_id ? (names.get(one.scope_id) ?? null) : null }));
  return { grids, organisations, roles, kinds: ROLES };
}

const reasonOf = (form: FormData) => text(form, 'reason') ?? '';
const person = (form: FormData) => text(form, 'person_id');

/** The door that loose words mean; refused when they mean none. */
async function doorOf(visit: Visit, words: string | undefined): Promise<string> {
  const found = words ? await see(visit, search_address, { text: words.slice(0, 200), limit: 12 }) : [];
  const place = found.find((one) => one.household_id);
  return place?.household_id ?? refuse('household_unknown', {}, { field: 'where' });
}

/** Ten digits or more and nothing else: a door (3-2-501) has fewer. */
const PHONE = /^\+?\d(?:[\s()-]*\d){9,}$/;

/** People by phone, by full name, or by the door that the words mean. */
async function find(visit: Visit, who: string, reason: string) {
  if (PHONE.test(who)) return see(visit, find_people, { phone: normalPhone(who, 'who'), reason });
  const found = await see(visit, find_people, { name: who, reason });
  if (found.length > 0 || !/\d/.test(who)) return found;
  const places = await see(visit, search_address, { text: who.slice(0, 200), limit: 3 });
  const door = places.find((one) => one.household_id)?.household_id;
  return door ? see(visit, find_people, { household_id: door, reason }) : found;
}

type Run<Answer = unknown> = (form: FormData, visit: Visit) => Promise<Answer>;
/** An action that says only that it is done. */
const doing = (run: Run) => (event: RequestEvent) =>
  formAction(event, async (form, visit) => void (await run(form, visit)));

/** An action on somebody who was found: done or refused, they stay on the page, with what was typed about them. */
const about =
  <Answer>(run: Run<Answer>) =>
  async (event: RequestEvent) => {
    const { visit } = event.locals;
    const form = await event.request.clone().formData();
    const result = await formAction(event, run);
    const [id, reason] = [person(form), reasonOf(form)];
    const found = isId(id) && /^.{2,300}$/s.test(reason.trim()) ? await see(visit, find_people, { id, reason }) : [];
    const again = { found, reason };
    if ('status' in result) return fail(result.status, { ...result.data, again });
    return { ...result, again };
  };

export const actions = {
  find: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const who = text(form, 'who') ?? refuse('required', {}, { field: 'who' });
      return { found: await find(visit, who.trim(), reasonOf(form)), reason: reasonOf(form) };
    }),
  whose: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const reason = locale(visit, 'people.reasons.deciding_corrections');
      return { found: await see(visit, find_people, { id: person(form), reason }), reason };
    }),
  unmask: about(async (form, visit) => ({
    shown: await see(visit, unmask, { person_id: person(form), reason: reasonOf(form) }),
  })),
  act_for: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => beginActing(event, visit, { person_id: person(form), reason: reasonOf(form) }),
      () => '/ask',
    ),
  write: doing((form, visit) => {
    const phone = text(form, 'phone');
    const year = text(form, 'born_in_year');
    return act(
      visit,
      write_person,
      {
        name: text(form, 'name') ?? '',
        phone: phone ? normalPhone(phone) : undefined,
        born_in_year: year ? Number(year) : undefined,
      },
      text(form, 'command_id'),
    );
  }),
  contact: about((form, visit) => {
    const value = text(form, 'value') ?? '';
    return act(visit, add_contact, { person_id: person(form), kind: value.includes('@') ? 'email' : 'phone', value });
  }),
  join: about(async (form, visit) =>
    act(visit, join_household, {
      person_id: person(form),
      household_id: await doorOf(visit, text(form, 'where')),
      relation: text(form, 'relation'),
      verified_how: text(form, 'how'),
    }),
  ),
  verify: about((form, visit) => act(visit, verify_residence, { id: text(form, 'id'), how: text(form, 'how') ?? '' })),
  leave: about((form, visit) => act(visit, leave_household, { id: text(form, 'id') })),
  proxy: about((form, visit) =>
    act(visit, ask_for_proxy, {
      subject_id: person(form),
      proxy_phone: normalPhone(text(form, 'phone') ?? ''),
      relation: text(form, 'relation'),
      agreed_how: text(form, 'how'),
    }),
  ),
  role: about((form, visit) => {
    const [scope_kind = 'community', scope_id = null] = (text(form, 'scope') ?? '').split('/').filter(Boolean);
    return act(visit, grant_role, { person_id: person(form), role: text(form, 'role'), scope_kind, scope_id });
  }),
  staff_name: about((form, visit) =>
    act(visit, write_person, { id: person(form), public_name: text(form, 'public_name') ?? null }),
  ),
  end_role: doing((form, visit) => act(visit, end_role, { id: text(form, 'id') })),
  decide: doing((form, visit) =>
    act(visit, decide_correction, { id: text(form, 'id'), make: form.has('make'), reason: reasonOf(form) }),
  ),
};
