import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { ask } from './query.ts';
import { add_webhook, end_webhook, list_webhooks, newWebhookSecret, sendWebhook, tell_webhooks } from './webhooks.ts';

let town: Neighbourhood;
let url = '';
let status = 500;
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    heard.push({ headers: request.headers, body });
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
  });
});
before(async () => {
  town = await makeNeighbourhood();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
after(async () => {
  server.close();
  await town.close();
});

describe('a webhook', () => {
  it('is added by administrators alone, and never to an address inside', async () => {
    const { environment, community, people } = town;
    const add = (actor: typeof people.desk, to: string) =>
      perform(environment, { actor, community, via: 'test' }, add_webhook, {
        url: to,
        event_kinds: ['*'],
        secret: newWebhookSecret(),
      });
    await assert.rejects(add(people.desk, 'https://city.example/hook'), { code: 'not_found' });
    for (const inside of [
      url,
      'http://localhost/x',
      'http://10.1.2.3/',
      'http://[::1]/',
      'http://169.254.169.254/latest',
      'http://database/',
    ]) {
      await assert.rejects(add(people.administrator, inside), { code: 'address_inside' }, inside);
    }
    await assert.rejects(
      add(people.administrator, 'ftp://city.example/'),
      (error: { name: string }) => error.name === 'Refusal',
    );
  });

  it('hears each event once, signed, and is tried again until it answers', async () => {
    const { environment, people } = town;
    const community = { ...town.community, settings: { webhooks_inside: true } };
    const secret = newWebhookSecret();
    const caller = { actor: people.administrator, community, via: 'test' };
    const { id } = await perform(environment, caller, add_webhook, { url, event_kinds: ['webhook.added'], secret });
    const tell = () => perform(environment, { actor: system, community, via: 'job' }, tell_webhooks, {});
    assert.deepEqual([(await tell()).planned, (await tell()).planned], [1, 0]);
    const delivery = await environment.database
      .of(community.id)
      .selectFrom('webhook_deliveries')
      .select('id')
      .executeTakeFirstOrThrow();
    await assert.rejects(sendWebhook(environment, community, delivery.id), /answered 500/);
    status = 302;
    await assert.rejects(sendWebhook(environment, community, delivery.id), /answered 302/);
    status = 204;
    await assert.rejects(sendWebhook(environment, { ...community, settings: {} }, delivery.id), /inside/);
    await sendWebhook(environment, community, delivery.id);
    await sendWebhook(environment, community, delivery.id);
    assert.equal(heard.length, 3);
    const { headers, body } = heard[2]!;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(signed)
      .digest('base64');
    assert.equal(headers['webhook-signature'], `v1,${expected}`);
    assert.equal(JSON.parse(body).type, 'webhook.added');
    const [listed] = await ask(environment, caller, list_webhooks, {});
    assert.deepEqual([listed?.sent, listed?.failed], [1, 0]);
    await perform(environment, caller, end_webhook, { id });
    assert.deepEqual(await ask(environment, caller, list_webhooks, {}), []);
  });
});
