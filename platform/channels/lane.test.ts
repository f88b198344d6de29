import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import webpush from 'web-push';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { residentsToTell } from '#tests/residents_to_tell.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../ids.ts';
import { localMessenger, smsMessenger } from '../messenger.ts';
import { set_notice_preferences } from '../notices.ts';
import type { Channel, Provider, Providers } from './channel.ts';
import { claimDeliveries } from './delivery.store.ts';
import { type Dispatcher, openDispatcher } from './dispatcher.ts';
import { gather } from './gather.ts';
import { openProviders } from './providers.ts';

/** A provider on this machine whose temper a test sets: it keeps the keys it has seen, as gateways do. */
function loopbackProvider() {
  const shown = new Map<string, number>();
  let under_way = 0;
  const state = {
    temper: 'well' as 'well' | 'failing' | 'hanging',
    asked: 0,
    most_at_once: 0,
    repeats: 0,
    shown,
    hanging: [] as ServerResponse[],
    delay_ms: 0,
  };
  const server = createServer((request, response) => {
    state.asked++;
    state.most_at_once = Math.max(state.most_at_once, ++under_way);
    response.once('close', () => under_way--);
    request.resume().once('end', () => {
      if (state.temper === 'hanging') return state.hanging.push(response);
      if (state.temper === 'failing') return response.writeHead(503).end();
      const key = String(request.headers['idempotency-key']);
      if (shown.has(key)) state.repeats++;
      shown.set(key, (shown.get(key) ?? 0) + 1);
      return setTimeout(() => response.writeHead(200).end('{}'), state.delay_ms);
    });
  });
  return { state, server };
}

let town: Neighbourhood;
let residents: ReturnType<typeof residentsToTell>;
const MORNING = new Date('2026-03-04T02:00:00Z');
let now = MORNING;
let gateway = loopbackProvider();
let dispatcher: Dispatcher;
let providers: Providers;
const { publicKey: public_key, privateKey: private_key } = webpush.generateVAPIDKeys();

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  residents = residentsToTell(town);
});
after(() => town.close());
beforeEach(async () => {
  // A clean table: what an earlier test left waiting is none of this one's.
  await sql`update deliveries set state = 'not_needed', leased_until = null where state in ('waiting', 'failed')`.execute(
    db(),
  );
  gateway = loopbackProvider();
  await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.server.address() as AddressInfo;
  const messenger = smsMessenger(`http://127.0.0.1:${port}/`, 'token', localMessenger(town.data_dir));
  providers = openProviders({ messenger, push_keys: { public_key, private_key }, contact: 'mailto:desk@example.org' });
  // An answer is waited for a moment only, so that a test of a provider that hangs takes no ten seconds.
  providers.sms.patience_ms = 300;
  dispatcher = openDispatcher(town.environment, providers);
});
afterEach(async () => {
  for (const response of gateway.state.hanging) response.destroy();
  await dispatcher.close();
  gateway.server.closeAllConnections();
  gateway.server.close();
});

const db = () => town.environment.database.of(town.community.id);
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const delivering = async () => {
  await dispatcher.wake(town.community);
  await dispatcher.settled();
};
async function told(people: number, kind: 'phone' | 'email' = 'phone'): Promise<Actor[]> {
  const all: Actor[] = [];
  for (let i = 0; i < people; i++) {
    const me = await residents.somebody(now, kind, kind === 'phone' ? `+86138${newId().slice(-8)}` : 'li@example.org');
    if (kind === 'email')
      await residents.act(me, set_notice_preferences, {
        choices: [{ kind: 'requests', channels: ['email'], rhythm: 'at_once' }],
        ...{ quiet_from_minute: 0, quiet_until_minute: 0 },
      });
    else
      await sql`insert into notice_preferences (community_id, person_id, channel, quiet_from_minute, quiet_until_minute, changed_at)
        values (${town.community.id}, ${me.id}, 'sms', 0, 0, ${now})`.execute(db());
    await residents.telling(me);
    all.push(me);
  }
  later(11);
  return all;
}
const counted = async (channel: Channel) => {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from deliveries where channel = ${channel} and state <> 'not_needed'
      and created_at >= ${now}::timestamptz - interval '1 day' group by state`.execute(db());
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
};
const sentTo = async (people: Actor[]) =>
  (await Promise.all(people.map((me) => residents.states(me)))).flat().filter((state) => state.startsWith('sent'))
    .length;

describe('a provider that is away for an hour', () => {
  it('loses nothing, is asked seldom, and when it is back everybody is told once', async () => {
    const people = await told(20);
    gateway.state.temper = 'failing';
    const began = now.getTime();
    while (now.getTime() - began < 60 * 60_000) {
      await delivering();
      later(1);
    }
    assert.equal(await sentTo(people), 0);
    assert.ok(gateway.state.asked < 100, `twenty messages an hour, asked ${gateway.state.asked} times`);
    gateway.state.temper = 'well';
    for (let i = 0; i < 12; i++) {
      await delivering();
      later(10);
    }
    assert.equal(await sentTo(people), 20);
    assert.deepEqual(
      [...gateway.state.shown.values()],
      Array.from({ length: 20 }, () => 1),
    );
  });

  it('by hanging holds up its own lane only, for as long as it is waited for, and is tried by one message', async () => {
    gateway.state.temper = 'hanging';
    const [phones, mailboxes] = [await told(12), await told(3, 'email')];
    await dispatcher.wake(town.community);
    // E-mail goes to the outbox here, while no text message has been answered.
    while ((await sentTo(mailboxes)) < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await dispatcher.settled();
    assert.deepEqual([await sentTo(mailboxes), await sentTo(phones)], [3, 0]);
    assert.ok(gateway.state.asked <= providers.sms.concurrency * 2, 'the circuit opened before all were tried');
    const asked = gateway.state.asked;
    later(1);
    await delivering();
    assert.equal(gateway.state.asked, asked + 1, 'one message tries whether it is back');
    gateway.state.temper = 'well';
    for (let i = 0; i < 6; i++) {
      later(5);
      await delivering();
    }
    assert.equal(await sentTo(phones), 12);
  });
});

describe('a message', () => {
  it('whose answer came too late is sent again under its key, so that the provider shows it once', async () => {
    const [me] = await told(1);
    gateway.state.delay_ms = 600;
    await delivering();
    assert.deepEqual(await residents.states(me!), ['failed 1'], 'it went out, and nobody here knows');
    gateway.state.delay_ms = 0;
    later(1);
    await delivering();
    assert.deepEqual(await residents.states(me!), ['sent 2']);
    assert.deepEqual([gateway.state.shown.size, gateway.state.repeats], [1, 1]);
  });

  it('whose sender was killed between sending and writing it down is sent again under its key, once the lease is over', async () => {
    const [me] = await told(1);
    // Sent by a process that then dies: gathered, claimed, passed on, and nothing written down.
    await gather(town.environment, town.community);
    const until = new Date(now.getTime() + 60_000);
    const [claimed] = await claimDeliveries(town.environment, town.community, 'sms', { now, until, most: 8 });
    const message = { key: claimed!.id, text: '您好', destinations: [{ id: newId(), value: '+8613800000001' }] };
    await providers.sms.send({ ...message } as Parameters<Provider['send']>[0], AbortSignal.timeout(5000));
    await delivering();
    assert.deepEqual([gateway.state.asked, await residents.states(me!)], [1, ['waiting 1']], 'not while it is leased');
    later(2);
    await delivering();
    assert.deepEqual(await residents.states(me!), ['sent 2']);
    assert.deepEqual([gateway.state.shown.size, gateway.state.repeats], [1, 1]);
  });

  it('to a provider that keeps no keys is risked twice at most', async () => {
    const [me] = await told(1);
    providers.sms.keeps_keys = false;
    await gather(town.environment, town.community);
    for (let deaths = 0; deaths < 2; deaths++) {
      const until = new Date(now.getTime() + 60_000);
      const claimed = await claimDeliveries(town.environment, town.community, 'sms', { now, until, most: 8 });
      assert.equal(claimed.length, 1);
      later(2);
    }
    await delivering();
    assert.deepEqual([gateway.state.asked, await residents.states(me!)], [0, ['given_up 3']]);
  });

  it('whose address does not open waits by itself, and holds up nobody', async () => {
    const [me, ...others] = await told(20);
    await sql`update contact_points set value_sealed = '\\x00' where person_id = ${me!.id}`.execute(db());
    await delivering();
    assert.deepEqual([await residents.states(me!), await sentTo(others)], [['failed 1'], 19]);
  });

  it('is taken by one of several senders, and no more are under way than a provider allows', async () => {
    const people = await told(60);
    gateway.state.delay_ms = 10;
    const second = openDispatcher(town.environment, providers);
    await Promise.all([dispatcher.wake(town.community), second.wake(town.community)]);
    await Promise.all([dispatcher.settled(), second.settled()]);
    await second.close();
    await delivering();
    assert.equal(await sentTo(people), 60);
    assert.deepEqual([gateway.state.shown.size, gateway.state.repeats], [60, 0]);
    assert.ok(gateway.state.most_at_once <= providers.sms.concurrency * 2, `${gateway.state.most_at_once} at once`);
    const alone = await told(40);
    gateway.state.most_at_once = 0;
    await delivering();
    assert.equal(await sentTo(alone), 40);
    assert.ok(gateway.state.most_at_once <= providers.sms.concurrency, `${gateway.state.most_at_once} at once`);
    assert.deepEqual(
      Object.keys(await counted('sms')).filter((state) => state !== 'sent' && state !== 'given_up'),
      [],
    );
  });
});
