import type { Visit } from '#faces/server/visit.ts';
import { list_meetings } from '#modules/council/index.ts';
import { list_sessions } from '#modules/forum/index.ts';
import { list_venture_rounds } from '#modules/projects/index.ts';
import { see } from './act.ts';

/** What neighbours talk over and decide just now: rounds that take proposals or votes, the next Morning Tea and the next meeting of the council. */
export async function goingOn(visit: Visit) {
  const [{ rounds }, { sessions }, { meetings }] = await Promise.all([
    see(visit, list_venture_rounds, { limit: 5 }),
    see(visit, list_sessions, { when: 'coming', limit: 1 }),
    see(visit, list_meetings, { when: 'coming', limit: 1 }),
  ]);
  const open = rounds
    .filter(({ phase }) => phase === 'voting' || phase === 'proposing')
    .map(({ number, names, phase, rules: { calendar } }) => {
      const until = phase === 'voting' ? calendar.voting_until : calendar.proposing_until;
      return { number, names, phase, until };
    });
  const next = sessions.map(({ id, titles, phase, starts_at }) => ({ id, titles, phase, starts_at }));
  const called = meetings
    .filter(({ phase }) => phase !== 'planned')
    .map(({ id, titles, phase, starts_at }) => ({ id, titles, phase, starts_at }));
  return { rounds: open, sessions: next, meetings: called };
}
