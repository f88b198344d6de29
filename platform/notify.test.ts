import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { residentsToTell } from '#tests/residents_to_tell.ts';
import type { Actor } from './actor.ts';
import { type Channel, ChannelFailure, type Outgoing, type Provider } from './channels/channel.ts';
import { list_deliveries, retry_deliveries } from './channels/deliveries.ts';
import { type Dispatcher, openDispatcher } from './channels/dispatcher.ts';
import { perform } from './command.ts';
import { newId } from './ids.ts';
import { my_notice_preferences, my_notices, read_notices, set_notice_preferences } from './notices.ts';
import { ask } from './query.ts';

let town: Neighbourhood;
// Ten in the morning in Shanghai; tests move it.
const MORNING = new Date('2026-03-04T02:00:00Z');
let now = MORNING;
let sent: (Outgoing & { channel: Channel })[] = [];
let failure: ChannelFailure | undefined;
let dispatcher: Dispatcher;
let residents: ReturnType<typeof residentsToTell>;

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  residents = residentsToTell(town);
  const provider = (channel: Channel): Provider => ({
    keeps_keys: channel === 'push',
    concurrency: 4,
    patience_ms: 5000,
    async send(message) {
      if (failure) throw failure;
      sent.push({ ...message, channel });
      return { gone_ids: [] };
    },
  });
  dispatcher = openDispatcher(town.environment, {
    sms: provider('sms'),
    email: provider('email'),
    push: provider('push'),
    chat: provider('chat'),
  });
});
after(async () => {
  await dispatcher.close();
  await town.close();
});

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const delivering = async () => {
  await dispatcher.wake(town.community);
  await dispatcher.settled();
};
const caller = (actor: Actor) => ({ actor, community: town.community, via: 'test' });

/** Somebody new with a verified address, so that each test starts with nothing waiting. */
async function somebody(...more: ['phone' | 'email', string, string?] | []): Promise<Actor> {
  const me = await residents.somebody(now, more[0], more[1], more[2]);
  await delivering();
  sent = [];
  now = MORNING;
  return me;
}
const telling: typeof residents.telling = (...more) => residents.telling(...more);
const states: typeof residents.states = (...more) => residents.states(...more);
const choosing = (actor: Actor, channels: Channel[], more: Record<string, unknown> = {}) =>
  perform(town.environment, caller(actor), set_notice_preferences, {
    choices: [{ kind: 'requests', channels, rhythm: 'at_once' }],
    quiet_from_minute: 0,
    quiet_until_minute: 0,
    ...more,
  });

describe('a notice', () => {
  it('is written once for its cause and person, shown at once, and read', async () => {
    const me = await somebody();
    const cause_id = newId();
    await telling(me, { cause_id });
    await telling(me, { cause_id });
    const mine = await ask(town.environment, caller(me), my_notices, {});
    assert.deepEqual(
      mine.map((notice) => [notice.template, notice.kind, notice.read_at]),
      [['request_answered', 'requests', null]],
    );
    await perform(town.environment, caller(me), read_notices, {});
    assert.notEqual((await ask(town.environment, caller(me), my_notices, {}))[0]!.read_at, null);
    later(11);
    await delivering();
    assert.deepEqual(sent, [], 'what was read needs no message');
  });

  it('waits ten minutes for others, and more of them do not put the message off', async () => {
    const me = await somebody();
    await telling(me);
    later(6);
    await telling(me);
    await delivering();
    assert.equal(sent.length, 0);
    later(5);
    await delivering();
    assert.deepEqual([sent.length, await states(me)], [1, ['sent 1']]);
  });
});

describe('a message', () => {
  it('takes all waiting notices along, once, and a text message says nothing of what they are', async () => {
    const me = await somebody();
    for (let i = 0; i < 3; i++) await telling(me);
    later(11);
    await Promise.all([dispatcher.wake(town.community), dispatcher.wake(town.community)]);
    await delivering();
    assert.equal(sent.length, 1);
    assert.equal(sent[0]!.destinations[0]!.value, '+8613800000001');
    assert.match(sent[0]!.text, /3条/);
    assert.doesNotMatch(sent[0]!.text, /7/);
    const [notice] = await ask(town.environment, caller(me), my_notices, {});
    assert.deepEqual(notice!.deliveries, [{ channel: 'sms', state: 'sent' }]);
  });

  it('is written in the reader’s language for mailbox, browser and chat from one template', async () => {
    const me = await somebody('email', 'li@example.org', 'en');
    await choosing(me, ['email']);
    await telling(me);
    await telling(me, { template: 'request_<b>' });
    later(11);
    await delivering();
    const [mail] = sent;
    assert.equal(mail!.subject, 'Test Neighbourhood: 2 pieces of news on what you asked');
    assert.match(mail!.text, /Request 7 is answered\n {2}http:\/\/localhost:3000\/requests\/7/);
    assert.match(mail!.html, /lang="en"[\s\S]*font-size:20px[\s\S]*Request 7 is answered/);
    assert.doesNotMatch(mail!.html, /<b>/);
    assert.match(mail!.markdown, /> Request 7 is answered \[Open\]\(http:/);
    assert.equal(mail!.push.body, '2 pieces of news on what you asked');
  });

  it('is kept while the provider is away, tried again ever later, and given up after ten times', async () => {
    const me = await somebody();
    await telling(me);
    later(11);
    failure = new ChannelFailure('away', 'the gateway is away');
    await delivering();
    assert.deepEqual(await states(me), ['failed 1']);
    await delivering();
    assert.deepEqual(await states(me), ['failed 1'], 'not before its time');
    failure = undefined;
    later(1);
    await delivering();
    assert.deepEqual([sent.length, await states(me)], [1, ['sent 2']]);
    const other = await somebody();
    await telling(other);
    later(11);
    failure = new ChannelFailure('away', 'the gateway is away');
    for (let i = 0; i < 12; i++) {
      await delivering();
      later(61);
    }
    assert.deepEqual(await states(other), ['given_up 10']);
    failure = undefined;
    await delivering();
    assert.equal(sent.length, 0);
    const desk = caller(town.people.desk);
    const { deliveries, counts } = await ask(town.environment, desk, list_deliveries, { state: 'given_up' });
    assert.deepEqual(
      deliveries.map((one) => [one.channel, one.address_masked, one.last_error]),
      [['sms', '••01', 'the gateway is away']],
    );
    assert.equal(counts.find((one) => one.state === 'given_up')?.count, 1);
    await assert.rejects(ask(town.environment, caller(other), list_deliveries, {}), { code: 'not_found' });
    await perform(town.environment, desk, retry_deliveries, { id: deliveries[0]!.id });
    await delivering();
    assert.deepEqual([sent.length, await states(other)], [1, ['sent 1']]);
  });

  it('that a recipient refuses for good is not tried again', async () => {
    const me = await somebody();
    await telling(me);
    later(11);
    failure = new ChannelFailure('refused', 'no such number');
    await delivering();
    failure = undefined;
    assert.deepEqual(await states(me), ['given_up 1']);
  });

  it('waits for the end of quiet hours, unless its kind is urgent', async () => {
    const me = await somebody();
    now = new Date('2026-03-04T15:00:00Z');
    await telling(me);
    later(11);
    await delivering();
    assert.deepEqual([sent.length, await states(me)], [0, ['waiting 0']]);
    await telling(me);
    later(11);
    await delivering();
    now = new Date('2026-03-04T23:00:00Z');
    await delivering();
    assert.match(sent[0]!.text, /2条/);
    now = new Date('2026-03-04T15:00:00Z');
    const other = await somebody();
    now = new Date('2026-03-04T15:00:00Z');
    await telling(other, { template: 'alert_water' });
    await delivering();
    assert.deepEqual([sent.length, await states(other)], [1, ['sent 1']]);
  });

  it('gathers a day’s notices for whoever wants them together', async () => {
    const me = await somebody();
    await choosing(me, ['sms'], { choices: [{ kind: 'requests', channels: ['sms'], rhythm: 'daily' }] });
    for (let i = 0; i < 3; i++) {
      await telling(me);
      later(60);
      await delivering();
    }
    assert.deepEqual([sent.length, await states(me)], [0, ['waiting 0']]);
    now = new Date('2026-03-04T10:00:00Z');
    await delivering();
    assert.equal(sent.length, 1);
    assert.match(sent[0]!.text, /3条/);
  });

  it('goes the way its reader chose, and nobody else chooses it', async () => {
    const me = await somebody('email', 'li@example.org');
    await telling(me);
    later(11);
    await delivering();
    assert.equal(sent.length, 0, 'no phone, no message');
    await assert.rejects(choosing(me, ['chat']), { code: 'no_address' });
    await assert.rejects(choosing({ ...town.people.desk, on_behalf_of_id: me.id }, []), { code: 'not_found' });
    await choosing(me, ['email']);
    await telling(me);
    later(11);
    await delivering();
    assert.deepEqual(
      sent.map((message) => [message.channel, message.destinations[0]!.value]),
      [['email', 'li@example.org']],
    );
    await choosing(me, []);
    await telling(me);
    later(11);
    await delivering();
    assert.equal(sent.length, 1);
    const { choices } = await ask(town.environment, caller(me), my_notice_preferences, {});
    assert.deepEqual(choices.find((one) => one.kind === 'requests')?.channels, []);
  });

  it('that waits is dropped when its channel is no longer wanted', async () => {
    const me = await somebody();
    now = new Date('2026-03-04T15:00:00Z');
    await telling(me);
    later(11);
    await delivering();
    await choosing(me, []);
    now = new Date('2026-03-04T23:30:00Z');
    await delivering();
    assert.deepEqual([sent.length, await states(me)], [0, ['not_needed 0']]);
  });
});
