import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { ask_for_export, erase_me, my_exports, reseal_people } from '#modules/people/index.ts';
import type { Actor } from '#platform/actor.ts';
import { CHANNELS, type Channel, type Outgoing, type Providers } from '#platform/channels/channel.ts';
import { end_chat_address, list_team_chats, set_chat_address } from '#platform/channels/chat_addresses.ts';
import { list_deliveries } from '#platform/channels/deliveries.ts';
import { type Dispatcher, openDispatcher } from '#platform/channels/dispatcher.ts';
import { gather } from '#platform/channels/gather.ts';
import { end_push, subscribe_push } from '#platform/channels/push_subscriptions.ts';
import { readDownload } from '#platform/downloads.ts';
import { newId } from '#platform/ids.ts';
import { my_notice_preferences, my_ways, set_notice_preferences } from '#platform/notices.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { residentsToTell } from '#tests/residents_to_tell.ts';
import { exportFile } from './export_file.ts';

let town: Neighbourhood;
const MORNING = new Date('2026-03-04T02:00:00Z');
let now = MORNING;
let sent: (Outgoing & { channel: Channel })[] = [];
let dispatcher: Dispatcher;
let residents: ReturnType<typeof residentsToTell>;

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  residents = residentsToTell(town);
  const provider = (channel: Channel) => ({
    ...{ keeps_keys: true, concurrency: 4, patience_ms: 5000 },
    async send(message: Outgoing) {
      sent.push({ ...message, channel });
      return { gone_ids: [] };
    },
  });
  const providers = Object.fromEntries(CHANNELS.map((one) => [one, provider(one)])) as unknown as Providers;
  dispatcher = openDispatcher(town.environment, providers);
});
after(async () => {
  await dispatcher.close();
  await town.close();
});

const caller = (actor: Actor) => ({ actor, community: town.community, via: 'test' });
const delivering = async () => {
  await dispatcher.wake(town.community);
  await dispatcher.settled();
};
const ROBOT = 'https://qyapi.example.com/cgi-bin/webhook/send?key=abcd';
const browser = (name: string) => ({
  endpoint: `https://push.example.com/${name}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
});
const choosing = (me: Actor, channels: Channel[]) =>
  residents.act(me, set_notice_preferences, {
    choices: ['requests', 'forum', 'home'].map((kind) => ({ kind, channels, rhythm: 'at_once' })),
    ...{ quiet_from_minute: 0, quiet_until_minute: 0 },
  });
async function withAllWays(): Promise<Actor> {
  const me = await residents.somebody(now, 'email', 'li@example.org');
  await residents.act(me, subscribe_push, browser(me.id));
  await residents.act(me, set_chat_address, { url: ROBOT });
  await choosing(me, ['email', 'push', 'chat']);
  sent = [];
  return me;
}
const count = async (table: 'push_subscriptions' | 'chat_addresses', id: string) => {
  const owner = sql.ref(table === 'push_subscriptions' ? 'person_id' : 'owner_id');
  const { rows } = await sql`select 1 from ${sql.table(table)} where ${owner} = ${id}`.execute(
    town.environment.database.of(town.community.id),
  );
  return rows.length;
};

describe('a way to a person', () => {
  it('is a browser or a chat group of their own, replaced by the next, ended by nobody else, and never inside', async () => {
    const [me, other] = [await residents.somebody(now), await residents.somebody(now)];
    await residents.act(other, subscribe_push, browser('shared'));
    const { id } = await residents.act(me, subscribe_push, browser('shared'));
    assert.deepEqual([await count('push_subscriptions', me.id), await count('push_subscriptions', other.id)], [1, 0]);
    await assert.rejects(residents.act(other, end_push, { id }), { code: 'not_found' });
    await residents.act(me, end_push, { id });
    assert.equal(await count('push_subscriptions', me.id), 0, 'nothing is kept of what has ended');
    const inside = { ...browser('x'), endpoint: 'https://10.0.0.1/x' };
    await assert.rejects(residents.act(me, subscribe_push, inside), { code: 'address_inside' });
    await assert.rejects(residents.act(me, set_chat_address, { url: 'http://localhost/x' }), {
      code: 'address_inside',
    });
    await residents.act(me, set_chat_address, { url: ROBOT });
    await residents.act(me, set_chat_address, { url: `${ROBOT}2` });
    const { ways } = await ask(town.environment, caller(me), my_notice_preferences, {});
    assert.equal(ways.chat, 'qyapi.example.com/…cd2');
    await residents.act(me, end_chat_address, {});
    await assert.rejects(residents.act(me, end_chat_address, {}), { code: 'not_found' });
  });

  it('is in the file of its owner, in full, and sealed on disk', async () => {
    const me = await withAllWays();
    const { browsers, chats, choices } = await ask(town.environment, caller(me), my_ways, {});
    assert.deepEqual([browsers[0]?.endpoint, chats[0]?.url, choices.length], [browser(me.id).endpoint, ROBOT, 3]);
    const sealed =
      await sql`select 1 from chat_addresses where position('qyapi' in encode(url_sealed, 'escape')) > 0`.execute(
        town.environment.database.of(town.community.id),
      );
    assert.equal(sealed.rows.length, 0);
    const { keys } = town.environment;
    keys.sealing.unshift({ id: 2, key: Buffer.alloc(32, 7) });
    while ((await residents.act(town.people.administrator, reseal_people, { limit: 50 })).resealed > 0);
    keys.sealing.pop();
    assert.equal((await ask(town.environment, caller(me), my_ways, {})).chats[0]?.url, ROBOT, 'also after a new key');
  });

  it('goes with what waits when its owner is erased, and nothing more is sent', async () => {
    const me = await withAllWays();
    await residents.telling(me);
    now = new Date(now.getTime() + 11 * 60_000);
    await delivering();
    assert.deepEqual(sent.map((one) => one.channel).sort(), ['chat', 'email', 'push']);
    sent = [];
    await residents.telling(me);
    now = new Date(now.getTime() + 11 * 60_000);
    await gather(town.environment, town.community);
    assert.deepEqual((await residents.states(me)).slice(3), ['waiting 0', 'waiting 0', 'waiting 0']);
    await residents.telling(me);
    await residents.act(me, erase_me, { understood: true });
    now = new Date(now.getTime() + 60 * 60_000);
    await delivering();
    assert.equal(sent.length, 0);
    assert.deepEqual((await residents.states(me)).slice(3), ['not_needed 0', 'not_needed 0', 'not_needed 0']);
    assert.deepEqual([await count('push_subscriptions', me.id), await count('chat_addresses', me.id)], [0, 0]);
    const { deliveries } = await ask(town.environment, caller(town.people.desk), list_deliveries, {});
    assert.ok(
      deliveries.every((one) => one.address_masked === ''),
      'the desk no longer sees where it went',
    );
  });

  it('to an erased person does not count, even where a browser is left', async () => {
    const me = await withAllWays();
    await residents.telling(me);
    now = new Date(now.getTime() + 11 * 60_000);
    await gather(town.environment, town.community);
    await sql`update people set erased_at = ${now} where id = ${me.id}`.execute(
      town.environment.database.of(town.community.id),
    );
    await delivering();
    assert.deepEqual(
      sent.filter((one) => one.channel !== 'chat'),
      [],
    );
  });
});

describe('a message', () => {
  it('shows nothing that somebody wrote', async () => {
    const me = await withAllWays();
    await residents.telling(me, { template: 'speech_replied', vars: { title: '老王的病' } });
    await residents.telling(me, { template: 'household_unheard_of', vars: { name: '王秀英' } });
    now = new Date(now.getTime() + 11 * 60_000);
    await delivering();
    assert.equal(sent.length, 3);
    const all = JSON.stringify(sent);
    assert.doesNotMatch(all, /老王|王秀英/);
    assert.match(all, /您在世纪早茶里的话有人回复/);
    assert.match(all, /有一条给您的新消息/);
  });

  it('reaches the chat group of a team once, with what its members are told because of their post and nothing else', async () => {
    const { desk, handler } = town.people;
    await assert.rejects(
      residents.act(town.people.resident, set_chat_address, { url: ROBOT, organisation_id: town.organisation }),
      { code: 'not_found' },
    );
    await residents.act(desk, set_chat_address, { url: ROBOT, organisation_id: town.organisation });
    const teams = await ask(town.environment, caller(desk), list_team_chats, {});
    assert.ok(teams.some((team) => team.organisation_id === town.organisation && team.url_masked));
    sent = [];
    const cause_id = newId();
    await residents.telling(handler, {
      template: 'request_submitted',
      vars: { number: '41' },
      is_for_work: true,
      cause_id,
    });
    await residents.telling(handler, { template: 'request_answered', vars: { number: '42' } });
    now = new Date(now.getTime() + 11 * 60_000);
    await delivering();
    const chats = sent.filter((one) => one.channel === 'chat');
    assert.equal(chats.length, 1);
    assert.match(chats[0]!.markdown, /41/);
    assert.doesNotMatch(chats[0]!.markdown, /42/);
  });
});

it('my file as JSON holds my browsers and chat groups', async () => {
  const { resident } = town.people;
  await residents.act(resident, set_chat_address, { url: ROBOT });
  const { id } = await residents.act(resident, ask_for_export, { format: 'json' });
  const wish = { download_id: id, person_id: resident.id, format: 'json', locale: 'en' } as const;
  await exportFile(town.environment, town.community, wish);
  const made = (await ask(town.environment, caller(resident), my_exports, {})).find((one) => one.id === id);
  const parts: Buffer[] = [];
  for await (const part of readDownload(town.environment, town.community, made!)) parts.push(part);
  const file = JSON.parse(Buffer.concat(parts).toString());
  assert.deepEqual([file.notice_chats[0].url, file.notice_browsers, file.quiet_hours.channel], [ROBOT, [], 'sms']);
});
