import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '#faces/api/index.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import { accept_request, submit_request, write_category } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

let town: Neighbourhood;
let app: FastifyInstance;
before(async () => {
  town = await makeNeighbourhood();
  const { environment, community, people } = town;
  community.settings.open311_write = 'open';
  await environment.database
    .of(community.id)
    .updateTable('communities')
    .set({ settings: JSON.stringify({ open311_write: 'open' }) })
    .execute();
  app = await makeOuterServer({
    environment,
    overload_delay_ms: 0,
    reads_a_minute: 1e6,
    writes_a_minute: 1e6,
    more: (server) => registerApi(server, environment),
  });
  for (let i = 0; i < 12; i++) {
    const now = new Date(environment.clock().getTime() - i * 3_600_000);
    const caller = { actor: people.resident, community, via: 'test', now };
    await perform(environment, caller, submit_request, {
      category: { code: i % 2 ? 'noise' : 'repairs' },
      text: `第${i}件 <b>&"' 灯坏了 13912345678`,
      wants_public: i !== 3,
      place: { latitude: 40.01, longitude: 116.33 },
    });
  }
});
after(async () => {
  await app.close();
  await town.close();
});

const get = (path: string) => app.inject({ url: `/open311/v2${path}` });
const post = (form: Record<string, string>, format = 'json') =>
  app.inject({
    method: 'POST',
    url: `/open311/v2/requests.${format}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
const xml = new XMLParser({
  parseTagValue: false,
  isArray: (name) =>
    ['service', 'request', 'endpoint', 'format', 'attribute', 'value', 'error', 'request_update'].includes(name),
});
const readXml = (body: string) => {
  assert.equal(XMLValidator.validate(body), true);
  return xml.parse(body) as Record<string, unknown>;
};

describe('discovery', () => {
  it('names its changeset, contact and at least two endpoints in both formats', async () => {
    const answer = await get('/discovery.json');
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    const { changeset, contact, endpoints } = answer.json();
    assert.ok(!Number.isNaN(Date.parse(changeset)) && contact);
    assert.ok(endpoints.length >= 2);
    for (const endpoint of endpoints)
      assert.deepEqual(Object.keys(endpoint).sort(), ['changeset', 'formats', 'specification', 'type', 'url']);
    const inXml = await get('/discovery.xml');
    assert.equal(inXml.headers['content-type'], 'text/xml; charset=utf-8');
    const { discovery } = readXml(inXml.body) as {
      discovery: { endpoints: { endpoint: { formats: { format: string[] } }[] } };
    };
    assert.equal(discovery.endpoints.endpoint.length, endpoints.length);
    assert.deepEqual(discovery.endpoints.endpoint[0]!.formats.format, ['text/xml', 'application/json']);
  });
});

describe('services', () => {
  it('have all fields of the specification, the same in both formats', async () => {
    const services = (await get('/services.json')).json();
    assert.deepEqual(Object.keys(services[0]).sort(), [
      'description',
      'group',
      'keywords',
      'metadata',
      'service_code',
      'service_name',
      'type',
    ]);
    const { services: inXml } = readXml((await get('/services.xml')).body) as {
      services: { service: { service_code: string }[] };
    };
    assert.deepEqual(
      inXml.service.map((one) => one.service_code),
      services.map((one: { service_code: string }) => one.service_code),
    );
  });
  it('have a definition with their attributes, and 404 when unknown', async () => {
    const definition = (await get('/services/repairs.json')).json();
    assert.deepEqual(definition.attributes[0], {
      variable: true,
      code: 'where',
      datatype: 'singlevaluelist',
      required: false,
      datatype_description: '',
      order: 1,
      description: '在哪里',
      values: [{ key: 'stairs', name: '楼道' }],
    });
    assert.equal((await get('/services/nothing.xml')).statusCode, 404);
  });
});

describe('requests', () => {
  it('are listed with the fields of the specification, public ones alone, personal numbers masked', async () => {
    const list = (await get('/requests.json')).json();
    assert.equal(list.length, 11);
    assert.deepEqual(Object.keys(list[0]), [
      'service_request_id',
      'status',
      'status_notes',
      'service_name',
      'service_code',
      'description',
      'agency_responsible',
      'service_notice',
      'requested_datetime',
      'updated_datetime',
      'expected_datetime',
      'address',
      'address_id',
      'zipcode',
      'lat',
      'long',
      'media_url',
    ]);
    assert.match(list[0].requested_datetime, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/);
    assert.ok(!JSON.stringify(list).includes('13912345678'));
    const { service_requests } = readXml((await get('/requests.xml')).body) as {
      service_requests: { request: { service_request_id: string; description: string }[] };
    };
    assert.deepEqual(
      service_requests.request.map((one) => one.service_request_id),
      list.map((one: { service_request_id: string }) => one.service_request_id),
    );
    assert.ok(
      service_requests.request[0]!.description.includes('&lt;b&gt;') ||
        service_requests.request[0]!.description.includes('<b>'),
    );
  });

  it('are filtered and paged without gaps', async () => {
    const ids = async (query: string) =>
      (await get(`/requests.json?${query}`))
        .json()
        .map((one: { service_request_id: string }) => one.service_request_id) as string[];
    const all = await ids('');
    const pages = [
      ...(await ids('page_size=4&page=1')),
      ...(await ids('page_size=4&page=2')),
      ...(await ids('page_size=4&page=3')),
    ];
    assert.deepEqual(pages, all);
    assert.deepEqual(await ids(`service_request_id=${all[2]},${all[5]}`), [all[2], all[5]]);
    assert.equal((await ids('service_code=noise')).length, 5);
    assert.equal((await ids('service_code=noise&service_code=repairs')).length, 11);
    assert.equal((await ids(`service_request_id=${all.join(',')}&page_size=1&status=closed`)).length, 11);
    assert.equal((await ids('status=closed')).length, 0);
    assert.equal((await ids('service_code=unknown')).length, 0);
    assert.equal((await ids('lat=40.01&long=116.33&radius=50')).length, 11);
    assert.equal((await ids('lat=40.019&long=116.301&radius=50')).length, 0);
    assert.equal((await ids('start_date=2026-03-04T00:00:00Z')).length, 3);
    assert.equal((await ids('end_date=2020-01-01T00:00:00Z')).length, 0);
  });

  it('are shown one at a time, and 404 when they are not there or not public', async () => {
    const [first] = (await get('/requests.json')).json();
    assert.equal((await get(`/requests/${first.service_request_id}.json`)).json()[0].service_code, first.service_code);
    for (const id of ['999999', '0', '999999999999999', '1e3', '%00'])
      assert.equal((await get(`/requests/${id}.json`)).statusCode, 404, id);
    assert.deepEqual((await get('/requests/999999.json')).json(), [
      { code: 404, description: 'service_request_id was not found' },
    ]);
    const hidden = await town.environment.database
      .of(town.community.id)
      .selectFrom('requests')
      .select('number')
      .where('is_public', '=', false)
      .executeTakeFirstOrThrow();
    assert.equal((await get(`/requests/${hidden.number}.xml`)).statusCode, 404);
  });

  const wrong = [
    'status=maybe',
    'start_date=yesterday',
    'page=0',
    'page_size=x',
    'lat=1',
    'lat=200&long=1',
    'radius=-5&lat=40&long=116',
    'service_request_id=1;drop',
    'start_date=2026-03-05&end_date=2026-03-01',
    'service_request_id=0',
    'lat=0x28&long=116',
  ];
  for (const query of wrong) {
    it(`are refused with 400 for ?${query}`, async () => {
      const answer = await get(`/requests.json?${query}`);
      assert.equal(answer.statusCode, 400);
      assert.ok(answer.json()[0].description);
      assert.ok(readXml((await get(`/requests.xml?${query}`)).body).errors);
    });
  }
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
    const post_there = (form: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: `${path}/requests.json`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
    const answer = await post_there({ ...whole, 'attribute[pole]': 'A7' });
    assert.equal(answer.statusCode, 201);
    assert.match(answer.json()[0].service_request_id, /^\d+$/);
    assert.ok(answer.json()[0].service_notice);
    assert.equal((await post_there(whole)).statusCode, 400);
    assert.equal(await count(), before_it);
  });
});

describe('addresses that are none of ours', () => {
  for (const path of ['/nothing.json', '/nothing.xml', '/services', '/requests/1.html']) {
    it(`are not found, in the shape of the specification: ${path}`, async () => {
      const answer = await get(path);
      assert.equal(answer.statusCode, 404);
      if (path.endsWith('.json')) assert.equal(answer.json()[0].code, 404);
      else assert.ok(readXml(answer.body).errors);
    });
  }
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

it('answers anything at all with a status below 500', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom("' or 1=1 --", '<!ENTITY x SYSTEM "file:///etc/passwd">', '\u0000', '-1', '1e309', '2026-13-45'),
  );
  const names = fc.constantFrom(
    'start_date',
    'end_date',
    'status',
    'lat',
    'long',
    'radius',
    'page',
    'page_size',
    'service_code',
    'service_request_id',
    'q',
    'updated_after',
    'locale',
    'jurisdiction_id',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(names, value, { maxKeys: 4 }),
      fc.constantFrom('json', 'xml'),
      async (query, format) => {
        const answer = await get(`/requests.${format}?${new URLSearchParams(query)}`);
        assert.ok(answer.statusCode < 500, `${answer.statusCode} ${JSON.stringify(query)}`);
        if (format === 'xml') readXml(answer.body);
        else JSON.parse(answer.body);
      },
    ),
    { numRuns: 150 },
  );
});
