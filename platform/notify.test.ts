import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { type Actor, system } from './actor.ts';
import { command, perform } from './command.ts';
import { fingerprint, seal } from './crypto.ts';
import { newId } from './ids.ts';
import type { Message } from './messenger.ts';
import { my_notice_preferences, my_notices, read_notices, set_notice_preferences } from './notices.ts';
import { deliver, notify } from './notify.ts';
import { withClient } from './postgres/roles.ts';
import { ask } from './query.ts';

let town: Neighbourhood;
// Ten in the morning in Shanghai; tests move it.
let now = new Date('2026-03-04T02:00:00Z');
let sent: Message[] = [];
let isDown = false;

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  town.environment.messenger.send = async (message) => {
    if (isDown) throw new Error('the gateway is away');
    sent.push(message);
  };
});
after(() => town.close());

const tell = command({
  name: 'test.tell',
  input: z.object({ person_id: z.string(), subject_id: z.string(), cause_id: z.string() }),
  async run(ctx, { person_id, subject_id, cause_id }) {
    const subject = { kind: 'request', id: subject_id };
    await notify(ctx, { person_id, template: 'request_answered', vars: { number: '7' }, subject }, cause_id);
    return {};
  },
});
const telling = (actor: Actor, cause_id: string = newId()) =>
  perform(town.environment, { actor: system, community: town.community, via: 'test' }, tell, {
    person_id: actor.id,
    subject_id: newId(),
    cause_id,
  });
const delivering = (actor: Actor) => deliver(town.environment, town.community, actor.id);
const caller = (actor: Actor) => ({ actor, community: town.community, via: 'test' });
const db = () => town.environment.database.of(town.community.id);

/** Somebody new with a verified phone, so that each test starts with nothing waiting. */
async function somebody(kind: 'phone' | 'email' = 'phone', value = '+8613800000001'): Promise<Actor> {
  const [id, contact] = [newId(), newId()];
  const { keys } = town.environment;
  const community_id = town.community.id;
  const print = fingerprint(keys, 'people/name', '李');
  await sql`insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, created_at, created_by_id)
    values (${community_id}, ${id}, ${seal(keys, `people/name/${id}`, '李')}, '李*', ${print}, ${now}, ${id})`.execute(
    db(),
  );
  await sql`insert into contact_points (community_id, id, person_id, kind, value_sealed, value_masked, value_fingerprint, verified_at, created_at)
    values (${community_id}, ${contact}, ${id}, ${kind}, ${seal(keys, `contact_points/value/${contact}`, value)}, '••01', ${print}, ${now}, ${now})`.execute(
    db(),
  );
  sent = [];
  return { kind: 'person', id, roles: [] };
}

/** When the jobs with a key are due, read as the worker does: the application may only ask for jobs. */
const jobs = (key: string) =>
  withClient(town.owner_url, async (client) => {
    const { rows } = await client.query('select run_at from graphile_worker.jobs where key = $1', [key]);
    return rows.map((row: { run_at: Date }) => row.run_at.toISOString());
  });

const states = async (actor: Actor) => {
  const { rows } = await sql<{ state: string; attempts: number }>`
    select d.state, d.attempts from deliveries d join notices n on n.community_id = d.community_id and n.id = d.notice_id
    where n.person_id = ${actor.id} order by d.created_at`.execute(db());
  return rows.map((row) => `${row.state} ${row.attempts}`);
};

describe('a notice', () => {
  it('is written once for its cause, shown at once, and read', async () => {
    const me = await somebody();
    const cause = newId();
    await telling(me, cause);
    await telling(me, cause);
    const mine = await ask(town.environment, caller(me), my_notices, {});
    assert.deepEqual(
      mine.map((notice) => [notice.template, notice.read_at]),
      [['request_answered', null]],
    );
    await perform(town.environment, caller(me), read_notices, {});
    assert.notEqual((await ask(town.environment, caller(me), my_notices, {}))[0]!.read_at, null);
    assert.deepEqual(await ask(town.environment, caller(await somebody()), my_notices, {}), []);
    await delivering(me);
    assert.deepEqual(sent, [], 'what was read needs no message');
  });

  it('waits for others, and more of them do not put the message off', async () => {
    const me = await somebody();
    const first = new Date();
    now = first;
    await telling(me);
    now = new Date(first.getTime() + 5 * 60_000);
    await telling(me);
    assert.deepEqual(await jobs(`deliver/${town.community.id}/${me.id}`), [
      new Date(first.getTime() + 10 * 60_000).toISOString(),
    ]);
    now = new Date('2026-03-04T02:00:00Z');
  });
});

describe('a message', () => {
  it('takes all waiting notices along, once, and says nothing of what they are', async () => {
    const me = await somebody();
    for (let i = 0; i < 3; i++) await telling(me);
    await Promise.all([delivering(me), delivering(me)]);
    await delivering(me);
    assert.equal(sent.length, 1);
    assert.equal(sent[0]!.to, '+8613800000001');
    assert.match(sent[0]!.text, /3条/);
    assert.doesNotMatch(sent[0]!.text, /7/);
    assert.deepEqual(await states(me), ['sent 1']);
  });

  it('is kept while the gateway is away, tried again, and given up after five times', async () => {
    const me = await somebody();
    await telling(me);
    isDown = true;
    await assert.rejects(delivering(me), /away/);
    assert.deepEqual(await states(me), ['waiting 1']);
    isDown = false;
    await delivering(me);
    assert.deepEqual([sent.length, await states(me)], [1, ['sent 2']]);
    const other = await somebody();
    await telling(other);
    isDown = true;
    for (let i = 0; i < 4; i++) await assert.rejects(delivering(other), /away/);
    await delivering(other);
    isDown = false;
    await delivering(other);
    assert.deepEqual([sent.length, await states(other)], [0, ['failed 5']]);
  });

  it('waits for the end of quiet hours', async () => {
    const me = await somebody();
    now = new Date('2026-03-04T15:00:00Z');
    await telling(me);
    await delivering(me);
    assert.deepEqual(sent, []);
    assert.deepEqual(await jobs(`deliver_later/${town.community.id}/${me.id}`), ['2026-03-04T23:00:00.000Z']);
    now = new Date('2026-03-04T23:00:00Z');
    await delivering(me);
    assert.equal(sent.length, 1);
    now = new Date('2026-03-04T02:00:00Z');
  });

  it('goes the way its reader chose, and nobody else chooses it', async () => {
    const me = await somebody('email', 'li@example.org');
    const hours = { quiet_from_minute: 0, quiet_until_minute: 0 };
    const choose = (actor: Actor, channel: string) =>
      perform(town.environment, caller(actor), set_notice_preferences, { channel, ...hours });
    await telling(me);
    await delivering(me);
    assert.equal(sent.length, 0, 'no phone, no message');
    await assert.rejects(choose(me, 'sms'), { code: 'no_address' });
    await assert.rejects(choose({ ...town.people.desk, on_behalf_of_id: me.id }, 'none'), { code: 'not_found' });
    await choose(me, 'email');
    await delivering(me);
    assert.deepEqual(
      sent.map((message) => [message.channel, message.to]),
      [['email', 'li@example.org']],
    );
    await choose(me, 'none');
    await telling(me);
    await delivering(me);
    assert.equal(sent.length, 1);
    assert.equal((await ask(town.environment, caller(me), my_notice_preferences, {})).channel, 'none');
  });
});
