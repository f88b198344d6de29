import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { fenFrom, roundOf } from '#lib/server/venture.ts';
import { my_posts } from '#modules/groups/index.ts';
import { submit_proposal } from '#modules/projects/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const request = event.url.searchParams.get('request');
  return {
    round: await roundOf(event),
    organisations: (await see(visit, my_posts, {})).posts.filter((post) => post.speaks_for),
    request_id: isId(request) ? request : '',
    signed_in: visit.actor.kind === 'person',
    title: locale(visit, 'projects.propose'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const request = text(form, 'request_id');
        const words = { title: text(form, 'title'), summary: text(form, 'summary'), body: text(form, 'body') };
        const input = {
          ...{ round_id: (await roundOf(event)).id, ...words, category: text(form, 'category') },
          ...{ asked_fen: fenFrom(form, 'asked_fen'), organisation_id: text(form, 'organisation_id') ?? null },
          request_ids: request ? [request] : [],
        };
        return act(visit, submit_proposal, input, text(form, 'command_id'));
      },
      ({ id, round_number }) => `/venture/${round_number}/proposals/${id}`,
    ),
};
