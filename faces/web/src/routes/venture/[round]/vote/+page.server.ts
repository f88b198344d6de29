import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { ballotOf, choicesFrom, roundOf } from '#lib/server/venture.ts';
import { cast_ballot, change_ballot } from '#modules/projects/index.ts';
import { isStaff } from '#platform/actor.ts';
import { newReceiptCode, spacedCode } from '#platform/receipt_code.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const round = await roundOf(event);
  return {
    round,
    proposals: await ballotOf(visit, round.number),
    // Made before anything is sent, and kept nowhere but on this page.
    new_code: newReceiptCode(),
    signed_in: visit.actor.kind === 'person',
    helps: isStaff(visit.actor) && !!visit.actor.on_behalf_of_id,
    island: 'budget',
    title: locale(visit, 'projects.vote'),
  };
};

const send = (command: typeof cast_ballot) => (event: RequestEvent) =>
  formAction(event, async (form, visit) => {
    const { id } = await roundOf(event);
    const receipt_code = text(form, 'receipt_code') ?? '';
    await act(visit, command, { round_id: id, receipt_code, proposals: choicesFrom(form) }, text(form, 'command_id'));
    return { code: spacedCode(receipt_code), chosen: choicesFrom(form) };
  });

export const actions = { cast: send(cast_ballot), change: send(change_ballot) };
