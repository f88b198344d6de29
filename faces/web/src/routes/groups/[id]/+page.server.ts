import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, both, formAction, see, seeOrNotFound, text } from '#lib/server/act.ts';
import { idFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { personCalled } from '#lib/server/people.ts';
import {
  admit_member,
  end_membership,
  end_post,
  end_term,
  list_members,
  list_organisations,
  PHASES,
  show_organisation,
  start_term,
  write_organisation,
  write_post,
} from '#modules/groups/index.ts';
import { list_projects } from '#modules/projects/index.ts';
import { hasRole } from '#platform/actor.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const MEMBERS_SHOWN = 100;
const PROJECTS_SHOWN = 10;

export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  const id = params.id!;
  if (!isId(id)) error(404, 'not_found');
  const organisation = await seeOrNotFound(visit, show_organisation, { id });
  // Each list has its own place in the address, and turning one page leaves the other where it is.
  const { after, members_after } = Object.fromEntries(
    ['after', 'members_after'].map((name) => [name, idFrom(url, name)]),
  );
  return {
    organisation,
    member_organisations: await see(visit, list_organisations, {
      ...{ member_of: id, limit: MEMBERS_SHOWN, after: members_after },
    }),
    turned: { after, members_after },
    members: organisation.may.read_members ? await see(visit, list_members, { organisation_id: id, after }) : null,
    projects: await see(visit, list_projects, { organisation_id: id, limit: PROJECTS_SHOWN }),
    may_find: hasRole(visit.actor, 'administrator'),
    phases: PHASES.filter((phase) => phase !== 'closed'),
    title: organisation.names[visit.locale],
  };
};

const whole = (form: FormData, name: string) => (text(form, name) === undefined ? undefined : Number(text(form, name)));

export const actions = {
  write: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const { kind, parent_id, building_id } = await see(visit, show_organisation, { id: event.params.id });
      const words = { names: both(form, 'name'), about: both(form, 'about'), contact: text(form, 'contact') ?? null };
      return act(visit, write_organisation, {
        ...{ id: event.params.id, expected_version: whole(form, 'expected_version'), kind, parent_id, building_id },
        ...words,
        registered_number: text(form, 'registered_number') ?? null,
        phase: text(form, 'phase'),
        phase_reason: text(form, 'phase_reason'),
      });
    }),
  post: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(
        visit,
        write_post,
        {
          ...{ id: text(form, 'id'), expected_version: whole(form, 'expected_version') },
          ...{ organisation_id: event.params.id, code: text(form, 'code') },
          ...{ names: both(form, 'post_name'), duties: both(form, 'duties') },
          ...{ seats: whole(form, 'seats'), term_months: whole(form, 'term_months') ?? null },
          ...{ speaks_for: form.has('speaks_for'), position: whole(form, 'position') },
        },
        text(form, 'command_id'),
      ),
    ),
  end_post: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, end_post, { id: text(form, 'id'), expected_version: whole(form, 'expected_version') }),
    ),
  start: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const person_id = await personOf(visit, form);
      const wanted = { post_id: text(form, 'post_id'), person_id, started_on: text(form, 'started_on') };
      return act(visit, start_term, wanted, text(form, 'command_id'));
    }),
  end_term: (event: RequestEvent) =>
    formAction(event, (form, visit) => act(visit, end_term, { id: text(form, 'id'), reason: text(form, 'reason') })),
  admit: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const organisation_id = event.params.id;
      if (form.has('member_name')) {
        const member_organisation_id = await organisationCalled(visit, text(form, 'member_name'));
        return act(visit, admit_member, { organisation_id, member_organisation_id }, text(form, 'command_id'));
      }
      const person_id = await personOf(visit, form);
      return act(visit, admit_member, { organisation_id, person_id }, text(form, 'command_id'));
    }),
  leave: (event: RequestEvent) =>
    formAction(event, (form, visit) => act(visit, end_membership, { id: text(form, 'id') })),
};

const personOf = (visit: Visit, form: FormData) =>
  personCalled(visit, text(form, 'person'), locale(visit, 'groups.filling_reason'));

/** The one organisation that is called so; when none is to the letter, the only one whose name holds the words. */
async function organisationCalled(visit: Visit, name: string | undefined): Promise<string> {
  const where = { field: 'member_name' };
  if (!name) refuse('required', {}, where);
  const { organisations } = await see(visit, list_organisations, { words: name, limit: 50 });
  const exact = organisations.filter((one) => Object.values(one.names).includes(name));
  const [only, another] = exact.length > 0 ? exact : organisations;
  if (another) refuse('name_ambiguous', { name }, where);
  return only?.id ?? refuse('name_unknown', { name }, where);
}
