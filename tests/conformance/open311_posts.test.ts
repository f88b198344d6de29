import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { accept_request, write_category } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { openOpen311, readXml } from './open311_stage.ts';

let town: Neighbourhood;
const { get, post, send } = openOpen311((made) => {
  town = made;
});

describe('a request that is posted', () => {
  const whole = {
    service_code: 'repairs',
    description: '路灯不亮',
    lat: '40.01',
    long: '116.33',
    'attribute[where]': 'stairs',
    first_name: '明',
    phone: '13800001111',
  };
  it('gets its number, an owner and a date, and is public when it was accepted', async () => {
    const answer = await post(whole);
    assert.equal(answer.statusCode, 201);
    const [{ service_request_id }] = answer.json();
    assert.equal((await get(`/requests/${service_request_id}.json`)).statusCode, 404);
    const row = await town.environment.database
      .of(town.community.id)
      .selectFrom('requests')
      .selectAll()
      .where('number', '=', Number(service_request_id))
      .executeTakeFirstOrThrow();
    assert.equal(row.owner_id, town.people.handler.id);
    assert.ok(row.due_at && row.reporter_contact_sealed);
    await perform(
      town.environment,
      { actor: town.people.handler, community: town.community, via: 'test' },
      accept_request,
      { id: row.id },
    );
    assert.equal((await get(`/requests/${service_request_id}.json`)).json()[0].status, 'open');
    const [update] = (await get(`/servicerequestupdates.json?service_request_id=${service_request_id}`)).json();
    assert.deepEqual(
      { ...update, update_id: '', updated_datetime: '' },
      {
        update_id: '',
        service_request_id,
        status: 'open',
        external_status_code: 'accepted',
        updated_datetime: '',
        description: '已受理',
        media_url: null,
      },
    );
    assert.deepEqual((await get('/servicerequestupdates.json?end_date=2020-01-01')).json(), []);
  });
  it('as XML answers in XML', async () => {
    const { service_requests } = readXml((await post(whole, 'xml')).body) as {
      service_requests: { request: { service_request_id: string }[] };
    };
    assert.match(service_requests.request[0]!.service_request_id, /^\d+$/);
  });
  const table: [what: string, change: Record<string, string>, status: number][] = [
    ['no service_code', { service_code: '' }, 400],
    ['an unknown service_code', { service_code: 'nothing' }, 404],
    ['no description', { description: '' }, 400],
    ['no place', { lat: '', long: '' }, 400],
    ['a place elsewhere', { lat: '31', long: '117' }, 400],
    ['a wrong choice', { 'attribute[where]': 'roof' }, 400],
    ['an unknown attribute', { 'attribute[colour]': 'red' }, 400],
    ['a wrong key', { api_key: 'nonsense' }, 403],
    ['another jurisdiction', { jurisdiction_id: 'elsewhere.gov' }, 404],
  ];
  for (const [what, change, status] of table) {
    it(`with ${what} is refused with ${status}`, async () => {
      const form = Object.fromEntries(Object.entries({ ...whole, ...change }).filter(([, value]) => value !== ''));
      assert.equal((await post(form)).statusCode, status);
    });
  }
});

describe('what the specification asks of a post', () => {
  const whole = { service_code: 'lamps', description: '灯坏了', lat: '40.01', long: '116.33' };
  before(async () => {
    const { environment, community, people } = town;
    const caller = { actor: people.administrator, community, via: 'test' };
    const labels = { 'zh-CN': '问题', en: 'Question' };
    await perform(environment, caller, write_category, {
      code: 'lamps',
      names: { 'zh-CN': '路灯', en: 'Lamps' },
      form: [
        { code: 'pole', kind: 'text', labels, required: true },
        { code: 'since', kind: 'date', labels, required: false },
      ],
      response_hours: 4,
      target_days: 5,
    });
  });
  const details = async (answer: Awaited<ReturnType<typeof post>>) => {
    const row = await town.environment.database
      .of(town.community.id)
      .selectFrom('requests')
      .select(['details', 'text'])
      .where('number', '=', Number(answer.json()[0].service_request_id))
      .executeTakeFirstOrThrow();
    return row;
  };
  it('a required attribute that is missing is refused with 400 and named', async () => {
    assert.equal((await get('/services/lamps.json')).json().attributes[0].required, true);
    const answer = await post(whole);
    assert.equal(answer.statusCode, 400);
    assert.match(answer.json()[0].description, /pole/);
    assert.equal((await post({ ...whole, 'attribute[pole]': '  ' })).statusCode, 400);
    assert.equal((await post({ ...whole, 'attribute[pole]': 'A7' })).statusCode, 201);
  });
  it('all that is missing is named at once', async () => {
    const missing = (await post({ jurisdiction_id: town.community.slug })).json();
    assert.deepEqual(
      missing.map((error: { code: number }) => error.code),
      [400, 400, 400],
    );
  });
  it('a datetime becomes the day of the neighbourhood', async () => {
    const answer = await post({ ...whole, 'attribute[pole]': 'A7', 'attribute[since]': '2026-03-03T20:00:00Z' });
    assert.deepEqual((await details(answer)).details, { pole: 'A7', since: '2026-03-04' });
  });
  it('characters that no database holds are left out, nothing else', async () => {
    const answer = await post({ ...whole, description: 'a\u0000b <script>', 'attribute[pole]': '\u0000A7' });
    assert.equal(answer.statusCode, 201);
    assert.deepEqual(await details(answer), { text: 'ab <script>', details: { pole: 'A7' } });
  });
  it('the test endpoint checks everything and keeps nothing', async () => {
    const { endpoints } = (await get('/discovery.json')).json();
    const path = new URL(endpoints.find((one: { type: string }) => one.type === 'test').url).pathname;
    const count = async () =>
      (
        await town.environment.database
          .of(town.community.id)
          .selectFrom('requests')
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n;
    const before_it = await count();
    const post_there = (form: Record<string, string>) => send(`${path}/requests.json`, form);
    const answer = await post_there({ ...whole, 'attribute[pole]': 'A7' });
    assert.equal(answer.statusCode, 201);
    assert.match(answer.json()[0].service_request_id, /^\d+$/);
    assert.ok(answer.json()[0].service_notice);
    assert.equal((await post_there(whole)).statusCode, 400);
    assert.equal(await count(), before_it);
  });
});

it('takes any post at all with a status below 500', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      "'; drop table requests; --",
      ']]><!ENTITY x SYSTEM "file:///etc/passwd">',
      '40.01',
      '116.33',
      'noise',
    ),
  );
  const names = fc.constantFrom(
    ...['service_code', 'description', 'lat', 'long', 'address_string', 'address_id', 'first_name', 'phone', 'email'],
    ...['api_key', 'media_url', 'attribute[where]', 'attribute[]', '__proto__', 'jurisdiction_id', 'locale'],
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, value), fc.boolean(), async (form, isWhole) => {
      const { jurisdiction_id: _, api_key: __, ...rest } = form;
      const sent = isWhole ? { ...rest, service_code: 'noise', lat: '40.01', long: '116.33' } : form;
      const answer = await post({ ...sent, ...(isWhole && !sent.description && { description: 'x' }) }, 'xml');
      assert.ok(answer.statusCode < 500, `${answer.statusCode} ${JSON.stringify(sent)}`);
      readXml(answer.body);
    }),
    { numRuns: 100 },
  );
});
