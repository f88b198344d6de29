import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { firstSentence, sourceOf } from '#lib/server/source.ts';
import { fenFrom, roundOf } from '#lib/server/venture.ts';
import { propose_project } from '#modules/forum/index.ts';
import { submit_proposal } from '#modules/projects/index.ts';

const SUMMARY_LENGTH = 200;

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const source = await sourceOf(visit, event.url.searchParams.get('from'));
  return {
    round: await roundOf(event),
    source: source && { ...source, summary: firstSentence(source.text).slice(0, SUMMARY_LENGTH) },
    here: event.url.pathname + event.url.search,
    signed_in: visit.actor.kind === 'person',
    title: locale(visit, 'projects.propose'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const words = { title: text(form, 'title'), summary: text(form, 'summary'), body: text(form, 'body') };
        const input = {
          ...{ round_id: (await roundOf(event)).id, ...words, category: text(form, 'category') },
          ...{ asked_fen: fenFrom(form, 'asked_fen'), organisation_id: text(form, 'organisation_id') ?? null },
        };
        const command_id = text(form, 'command_id');
        const source = await sourceOf(visit, text(form, 'from'));
        if (source?.kind === 'topic') {
          const project = { ...input, topic_id: source.id, conclusion: text(form, 'conclusion') };
          return act(visit, propose_project, project, command_id);
        }
        return act(visit, submit_proposal, { ...input, request_ids: source ? [source.id] : [] }, command_id);
      },
      ({ id, round_number }) => `/venture/${round_number}/proposals/${id}`,
    ),
};
