import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { councilRulesFrom, meetingFrom } from '#lib/server/council.ts';
import { offsetFrom } from '#lib/server/forum.ts';
import { locale } from '#lib/server/locale.ts';
import { sourceOf } from '#lib/server/source.ts';
import {
  list_meetings,
  list_resolutions,
  plan_meeting,
  show_council,
  write_council_rules,
} from '#modules/council/index.ts';
import { newId } from '#platform/ids.ts';
import { notFound } from '#platform/refusal.ts';

const STATES = ['open', 'overdue', 'ended'] as const;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const state = STATES.find((one) => one === url.searchParams.get('state'));
  return {
    council: await see(visit, show_council, {}),
    coming: await see(visit, list_meetings, { when: 'coming' }),
    past: await see(visit, list_meetings, { when: 'past', offset: offsetFrom(url, 'past') }),
    ...(await see(visit, list_resolutions, { state, offset: offsetFrom(url) })),
    states: STATES,
    filter: { state: state ?? '' },
    source: await sourceOf(visit, url.searchParams.get('from')),
    command_id: newId(),
    title: locale(visit, 'council.title'),
  };
};

async function councilId(event: RequestEvent): Promise<string> {
  return (await see(event.locals.visit, show_council, {}))?.id ?? notFound('organisation', 'council');
}

export const actions = {
  plan: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const plan = meetingFrom(form, visit.community.time_zone);
        return act(visit, plan_meeting, { organisation_id: await councilId(event), ...plan }, text(form, 'command_id'));
      },
      ({ id }) => `/council/${id}`,
    ),
  rules: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const rules = {
          organisation_id: await councilId(event),
          ...{ expected_version: Number(text(form, 'expected_version')), rules: councilRulesFrom(form) },
        };
        return act(visit, write_council_rules, rules, text(form, 'command_id'));
      },
      () => '/council#rules',
    ),
};
