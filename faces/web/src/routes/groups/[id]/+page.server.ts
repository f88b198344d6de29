import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, both, formAction, see, seeOrNotFound, text } from '#lib/server/act.ts';
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
  stateOfTerm,
  write_organisation,
  write_post,
} from '#modules/groups/index.ts';
import { hasRole } from '#platform/actor.ts';
import { isId } from '#platform/ids.ts';
import { notFound, refuse } from '#platform/refusal.ts';

const MEMBERS_SHOWN = 300;

export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  const id = params.id!;
  if (!isId(id)) error(404, 'not_found');
  const organisation = await seeOrNotFound(visit, show_organisation, { id });
  const after = url.searchParams.get('after');
  const today = visit.environment.clock().toISOString().slice(0, 10);
  return {
    organisation,
    term_states: Object.fromEntries(
      organisation.posts.flatMap(({ terms }) => terms.map((term) => [term.id, stateOfTerm(term.ends_on, today)])),
    ),
    member_organisations: (await see(visit, list_organisations, { member_of: id, limit: MEMBERS_SHOWN })).organisations,
    members: organisation.may.read_members
      ? await see(visit, list_members, { organisation_id: id, after: isId(after) ? after : undefined })
      : null,
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
  personCalled(
    visit,
    text(form, 'person'),
    visit.locale === 'en' ? 'to fill a post or a membership' : '安排岗位或成员',
  );

async function organisationCalled(visit: Visit, words: string | undefined): Promise<string> {
  if (!words) refuse('required', {}, { field: 'member_name' });
  const { organisations } = await see(visit, list_organisations, { words, limit: 50 });
  const exact = organisations.filter((one) => Object.values(one.names).includes(words));
  const [only, another] = exact.length > 0 ? exact : organisations;
  if (another) refuse('name_ambiguous', { name: words }, { field: 'member_name' });
  return (
    only?.id ??
    (words ? refuse('name_unknown', { name: words }, { field: 'member_name' }) : notFound('organisation', ''))
  );
}
