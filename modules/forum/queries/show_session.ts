import { z } from 'zod';
import { publicNames } from '#modules/people/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { type ForumAction, forumPolicy, forumRelations } from '../forum.policy.ts';
import { minutesOf } from '../minutes.store.ts';
import { findSession, turnsOf } from '../session.store.ts';
import { phaseOf, secondsOf, speakingList, type Turn } from '../session.ts';
import { topicsBy } from '../topic.store.ts';

const TOPICS_SHOWN = 50;

/** One session: its speaking list with the time each took, its topics and its minutes. */
export const show_session = query({
  name: 'forum.show_session',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const session = (await findSession(ctx, id)) ?? notFound('forum_session', id);
    const relations = forumRelations(ctx.actor, session);
    const may = (action: ForumAction) => allows(forumPolicy, action, relations);
    const mine = (person_id: string | null) => person_id === ctx.actor.id && !ctx.actor.on_behalf_of_id;
    const list = speakingList(await turnsOf(ctx, id));
    const shown = ({ person_id, ...turn }: Turn) => ({
      ...turn,
      seconds: secondsOf(turn, ctx.now),
      is_mine: mine(person_id),
    });
    const minutes = await minutesOf(ctx, id);
    const names = session.secretary_id ? await publicNames(ctx, [session.secretary_id]) : new Map<string, string>();
    return {
      ...session,
      phase: phaseOf(session),
      secretary: names.get(session.secretary_id ?? '') ?? null,
      speaking: list.speaking && shown(list.speaking),
      waiting: list.waiting.map(shown),
      spoken: list.spoken.map(shown),
      topics: await topicsBy(ctx, { session_id: id, phase: 'all', offset: 0, limit: TOPICS_SHOWN }),
      minutes: minutes.map(({ speaker_id, ...entry }) => ({
        ...entry,
        may_correct: mine(speaker_id) || may('write_minutes'),
      })),
      may: { lead: may('lead_session'), write: may('write_session'), ask: may('ask_to_speak') },
    };
  },
});
