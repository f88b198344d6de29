import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { personCalled } from '#lib/server/people.ts';
import { ballotOf, choicesFrom, roundOf } from '#lib/server/venture.ts';
import { give_paper_ballot, type_paper_ballot } from '#modules/projects/index.ts';
import { newReceiptCode, spacedCode } from '#platform/receipt_code.ts';

const MOST_PRINTED = 20;

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const round = await roundOf(event);
  if (!round.may.type_paper) error(404, 'not_found');
  const print = Math.min(MOST_PRINTED, Number(event.url.searchParams.get('print')) || 0);
  return {
    round,
    proposals: await ballotOf(visit, round.number),
    // Blank papers, each with a code of its own that is kept nowhere.
    blanks: Array.from({ length: print }, () => spacedCode(newReceiptCode())),
    title: locale(visit, 'projects.paper'),
  };
};

export const actions = {
  give: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const person_id = await personCalled(visit, text(form, 'person'), locale(visit, 'projects.paper_reason'));
      const input = { round_id: (await roundOf(event)).id, person_id };
      await act(visit, give_paper_ballot, input, text(form, 'command_id'));
      return { state: 'given' as const };
    }),
  type: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const { id } = await roundOf(event);
      const input = { round_id: id, receipt_code: text(form, 'receipt_code') ?? '', proposals: choicesFrom(form) };
      return act(visit, type_paper_ballot, input, text(form, 'command_id'));
    }),
};
