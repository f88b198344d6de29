import type pg from 'pg';
import * as forum from '#modules/forum/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import type { Command } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import { insertRows, type Row } from './bulk.ts';
import { chanceOf } from './chance.ts';
import { STATEMENTS, type Voice } from './forum_texts.ts';
import type { Residents } from './residents.ts';

const MINUTE = 60_000;
const PEOPLE = { small: 90, full: 600 } as const;
const PASSES = 0.08;
const ANSWERS = 0.88;

type Telling = {
  client: pg.ClientBase;
  community: Community;
  residents: Residents;
  desk: Actor;
  voice(who: Voice): Actor;
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
};

/** What neighbours think of the accounts on the wall: statements, opinions of three kinds of people, and the map. */
export async function writeOpinions(
  { client, community, residents, desk, voice, act }: Telling,
  topic_id: string,
  scale: keyof typeof PEOPLE,
  seed: number,
  from: number,
  until: number,
): Promise<void> {
  const ids: string[] = [];
  for (const [i, [text, by]] of STATEMENTS.entries()) {
    const { id, state } = await act(voice(by), from + i * 7 * MINUTE, forum.write_statement, { topic_id, text });
    const subject = { kind: 'statement', id };
    if (state === 'waiting')
      await act(desk, from + (i * 7 + 3) * MINUTE, forum.moderate, { subject, step: 'approve', rule: 'fits' });
    ids.push(id);
  }
  const chance = chanceOf('opinions', seed);
  const chosen = new Set<string>();
  while (chosen.size < PEOPLE[scale]) chosen.add(chance.pick(residents.ids.slice(1)));
  const rows: Row[] = [];
  for (const person_id of chosen) {
    const kind = chance.pick([0, 0, 0, 1, 1, 2, 2] as const);
    for (const [i, [, , leaning]] of STATEMENTS.entries()) {
      if (!chance.yes(ANSWERS)) continue;
      const opinion = chance.yes(PASSES) ? 'pass' : chance.yes(leaning[kind]) ? 'agree' : 'disagree';
      const given_at = new Date(from + (until - from) * (0.3 + chance.next() * 0.6));
      rows.push({ community_id: community.id, statement_id: ids[i], person_id, opinion, given_at });
    }
  }
  await insertRows(client, 'opinions', rows);
  await act(system, until, forum.draw_opinion_map, { topic_id });
}
