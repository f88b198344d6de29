import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { openOpen311, readXml } from './open311_stage.ts';

let town: Neighbourhood;
const { get } = openOpen311(async (made) => {
  town = made;
  const { environment, community, people } = town;
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
