import type { Visit } from '#faces/server/visit.ts';
import { show_motion } from '#modules/council/index.ts';
import { list_proposals, list_venture_rounds, show_proposal } from '#modules/projects/index.ts';
import { show_request } from '#modules/requests/index.ts';
import { isRefusal, see } from './act.ts';

export type TopicLink = { relation: string; kind: string; id: string; is_from: boolean };
export type Linked = TopicLink & { href: string; words: string; state: string; number: number | null };

const MOST_PROPOSALS = 100;

/** What a topic came from or became, as this reader may see it; nothing for what they may not. */
export async function linkedThing(visit: Visit, link: TopicLink): Promise<Linked | null> {
  try {
    if (link.kind === 'request') {
      const { number, text, state } = await see(visit, show_request, { id: link.id });
      return { ...link, number, words: text, state: `requests.states.${state}`, href: `/requests/${number}` };
    }
    if (link.kind === 'proposal') {
      const { title, state, round } = await see(visit, show_proposal, { id: link.id });
      const href = `/venture/${round.number}/proposals/${link.id}`;
      return { ...link, number: null, words: title, state: `projects.states.${state}`, href };
    }
    if (link.kind === 'motion') {
      const { meeting_id, number, title, state } = await see(visit, show_motion, { id: link.id });
      const href = `/council/${meeting_id}#motion-${number}`;
      return { ...link, number: null, words: title, state: `council.motion_states.${state}`, href };
    }
    return null;
  } catch (problem) {
    if (isRefusal(problem)) return null;
    throw problem;
  }
}

/** Proposals of the newest round that a topic may have become. */
export async function proposalsToLink(visit: Visit): Promise<{ id: string; title: string }[]> {
  const [round] = (await see(visit, list_venture_rounds, { limit: 1 })).rounds;
  if (!round) return [];
  const { proposals } = await see(visit, list_proposals, {
    ...{ number: round.number, states: ['submitted', 'admitted'], limit: MOST_PROPOSALS },
  });
  return proposals.map(({ id, title }) => ({ id, title }));
}
