import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see } from '#lib/server/act.ts';
import { roundOf } from '#lib/server/venture.ts';
import { close_venture_round, freeze_venture_rules, list_proposals, PROPOSAL_STATES } from '#modules/projects/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const round = await roundOf(event);
  const asked = (name: string) => event.url.searchParams.get(name) || undefined;
  const state = PROPOSAL_STATES.find((one) => one === asked('state'));
  const category = round.rules.categories.find((one) => one.code === asked('category'))?.code;
  const words = asked('words')?.slice(0, 80);
  const filter = {
    number: round.number,
    states: state && [state],
    category,
    words,
    after: Number(asked('after')) || undefined,
  };
  return {
    round,
    ...(await see(visit, list_proposals, filter)),
    states: PROPOSAL_STATES,
    filter: { words: words ?? '', state: state ?? '', category: category ?? '' },
    now: visit.environment.clock(),
    signed_in: visit.actor.kind === 'person',
    title: round.names[visit.locale],
  };
};

const version = (form: FormData) => Number(form.get('expected_version')) || undefined;

export const actions = {
  freeze: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, freeze_venture_rules, { id: (await roundOf(event)).id, expected_version: version(form) }),
    ),
  close: (event: RequestEvent) =>
    formAction(
      event,
      async (_form, visit) => act(visit, close_venture_round, { id: (await roundOf(event)).id }),
      ({ number }) => `/venture/${number}/result`,
    ),
};
