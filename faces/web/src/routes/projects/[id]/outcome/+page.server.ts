import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { projectOf } from '#lib/server/projects.ts';
import { answer_outcome } from '#modules/projects/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const project = await projectOf(event);
  return {
    project,
    // Not kept: it makes what the receipt hashes impossible to guess.
    nonce: randomUUID(),
    is_signed_in: visit.actor.kind === 'person',
    title: locale(visit, 'projects.delivery.outcome'),
  };
};

const scoresFrom = (form: FormData): number[] => {
  const scores: number[] = [];
  for (let i = 0; text(form, `score_${i}`) !== undefined; i++) scores.push(Number(text(form, `score_${i}`)));
  return scores;
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(
        visit,
        answer_outcome,
        { id: event.params.id, nonce: text(form, 'nonce') ?? '', scores: scoresFrom(form) },
        text(form, 'command_id'),
      ),
    ),
};
