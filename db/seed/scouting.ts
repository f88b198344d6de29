import type pg from 'pg';
import { invite_to_post } from '#modules/forum/index.ts';
import { give_consent } from '#modules/people/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Command } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Voice } from './forum_texts.ts';

const HOUR = 3_600_000;
/** The retired teacher and the one who wants to see accounts: both speak well, and agree to be found. */
const FOUND: readonly Voice[] = [9, 10];

type Telling = {
  client: pg.ClientBase;
  community: Community;
  now: number;
  secretary: Actor;
  voice(who: Voice): Actor;
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
};

/** Two residents agree to be found; one of them is asked to take a seat that is free, and has not answered yet. */
export async function lookForPeople({ client, community, now, secretary, voice, act }: Telling): Promise<void> {
  for (const who of FOUND)
    await act(voice(who), now - 60 * HOUR, give_consent, { purpose: 'scouting', text_version: 1 });
  const { rows } = await client.query<{ id: string }>(
    `select p.id from posts p
       left join post_terms t on t.community_id = p.community_id and t.post_id = p.id and t.ended_at is null
     where p.community_id = $1 and p.ended_at is null group by p.community_id, p.id
     having p.seats > count(t.id) order by p.code = 'council_member' desc, p.id limit 1`,
    [community.id],
  );
  const post_id = rows[0]?.id;
  const reason = '“看见账就签”那句话，让一栋楼都签了字。理事会缺一位会看账、肯说话的，想请您来。';
  if (post_id) await act(secretary, now - 2 * HOUR, invite_to_post, { post_id, person_id: voice(10).id, reason });
}
