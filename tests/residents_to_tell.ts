import { sql } from 'kysely';
import { z } from 'zod';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, command, perform } from '#platform/command.ts';
import { fingerprint, seal } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { notify } from '#platform/notify.ts';
import type { Neighbourhood } from './factories.ts';

const tell = command({
  name: 'test.tell',
  input: z.object({
    person_id: z.string(),
    cause_id: z.string(),
    template: z.string(),
    vars: z.record(z.string(), z.string()),
    is_for_work: z.boolean(),
  }),
  async run(ctx, { cause_id, ...notice }) {
    await notify(ctx, { ...notice, subject: { kind: 'request', id: newId() } }, cause_id);
    return {};
  },
});

type Telling = { cause_id?: string; template?: string; vars?: Record<string, string>; is_for_work?: boolean };

/** Residents who can be told, and word to them, on the tables themselves: for tests of what happens to a message. */
export function residentsToTell(town: Neighbourhood) {
  const { environment, community } = town;
  const db = () => environment.database.of(community.id);
  const act = <I, A>(actor: Actor, wanted: Command<I, A>, input: unknown) =>
    perform(environment, { actor, community, via: 'test' }, wanted, input);
  return {
    act,
    /** Somebody new with a verified phone or mailbox, recorded at `now`. */
    async somebody(
      now: Date,
      kind: 'phone' | 'email' = 'phone',
      value = '+8613800000001',
      language = 'zh-CN',
    ): Promise<Actor> {
      const [id, contact] = [newId(), newId()];
      const { keys } = environment;
      const community_id = community.id;
      const print = fingerprint(keys, 'people/name', '李');
      await sql`insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, languages, created_at, created_by_id)
        values (${community_id}, ${id}, ${seal(keys, `people/name/${id}`, '李')}, '李*', ${print}, ${[language]}, ${now}, ${id})`.execute(
        db(),
      );
      await sql`insert into contact_points (community_id, id, person_id, kind, value_sealed, value_masked, value_fingerprint, verified_at, created_at)
        values (${community_id}, ${contact}, ${id}, ${kind}, ${seal(keys, `contact_points/value/${contact}`, value)}, '••01', ${print}, ${now}, ${now})`.execute(
        db(),
      );
      return { kind: 'person', id, roles: [] };
    },
    telling: (actor: Actor, more: Telling = {}) =>
      act(system, tell, {
        ...{ person_id: actor.id, cause_id: newId(), template: 'request_answered', vars: { number: '7' } },
        ...{ is_for_work: false, ...more },
      }),
    /** State and attempts of each message to somebody, in order. */
    async states(recipient: { id: string }): Promise<string[]> {
      const { rows } = await sql<{ state: string; attempts: number }>`
        select state, attempts from deliveries where recipient_id = ${recipient.id} order by created_at, id`.execute(
        db(),
      );
      return rows.map((row) => `${row.state} ${row.attempts}`);
    },
  };
}
