import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { offsetFrom, planFrom } from '#lib/server/forum.ts';
import { locale } from '#lib/server/locale.ts';
import { sourceOf } from '#lib/server/source.ts';
import { count_waiting, HELD, list_sessions, list_topics, raise_topic, write_session } from '#modules/forum/index.ts';
import { isId, newId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const PHASES = ['open', 'concluded'] as const;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const words = url.searchParams.get('words')?.trim().slice(0, 80) || undefined;
  const phase = PHASES.find((one) => one === url.searchParams.get('phase'));
  const source = await sourceOf(visit, url.searchParams.get('from'));
  return {
    coming: await see(visit, list_sessions, { when: 'coming' }),
    past: await see(visit, list_sessions, { when: 'past', offset: offsetFrom(url, 'past') }),
    ...(await see(visit, list_topics, { words, phase, offset: offsetFrom(url) })),
    waiting: await see(visit, count_waiting, {}),
    filter: { words: words ?? '', phase: phase ?? '' },
    source: source?.kind === 'request' ? source : null,
    command_id: newId(),
    held: HELD,
    title: locale(visit, 'forum.title'),
  };
};

export const actions = {
  raise: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const from = text(form, 'from');
        const source = await sourceOf(visit, from);
        if (from && source?.kind !== 'request') refuse('request_not_public');
        const session_id = text(form, 'session_id');
        const topic = {
          ...{ title: text(form, 'title'), text: text(form, 'text') },
          session_id: isId(session_id) ? session_id : undefined,
          from: source ? { kind: source.kind, id: source.id } : undefined,
        };
        return act(visit, raise_topic, topic, text(form, 'command_id'));
      },
      ({ id }) => `/forum/topics/${id}`,
    ),
  plan: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, write_session, planFrom(form, visit.community.time_zone), text(form, 'command_id')),
      ({ id }) => `/forum/${id}`,
    ),
};
