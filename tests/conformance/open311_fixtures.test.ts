import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '#faces/api/index.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

// Answers of other servers and the samples that client libraries are tested with; they lie beside the repository.
const FOLDER = new URL('../../../shared/data/open311/', import.meta.url);
const skip = existsSync(FOLDER) ? false : 'the samples of other servers (../shared/data/open311) are not here';

let town: Neighbourhood;
let app: FastifyInstance;
before(async () => {
  if (skip) return;
  town = await makeNeighbourhood();
  const { environment, community, people } = town;
  await environment.database
    .of(community.id)
    .updateTable('communities')
    .set({ settings: JSON.stringify({ open311_write: 'open' }) })
    .execute();
  app = await makeOuterServer({
    environment,
    overload_delay_ms: 0,
    more: (server) => registerApi(server, environment),
  });
  for (let i = 0; i < 2; i++) {
    await perform(environment, { actor: people.resident, community, via: 'test' }, submit_request, {
      category: { code: 'repairs' },
      text: '灯坏了',
      wants_public: true,
      place: { latitude: 40.01, longitude: 116.33 },
    });
  }
});
after(async () => {
  await app?.close();
  await town?.close();
});

const LISTED = ['service', 'request', 'endpoint', 'format', 'attribute', 'value', 'error'];
const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  isArray: (name) => LISTED.includes(name),
});
const sample = (path: string) => readFileSync(new URL(path, FOLDER), 'utf8');
const ours = async (path: string) => (await app.inject(`/open311/v2${path}`)).body;

/** Every path of names that a document has, lists taken as one: `services/service/service_code`. */
function namesOf(node: unknown, path = ''): Set<string> {
  const names = new Set<string>();
  if (node === null || typeof node !== 'object') return names;
  if (Array.isArray(node)) return new Set(node.flatMap((item) => [...namesOf(item, path)]));
  for (const [name, inner] of Object.entries(node)) {
    if (name === '?xml') continue;
    const here = path ? `${path}/${name}` : name;
    names.add(here);
    for (const deeper of namesOf(inner, here)) names.add(deeper);
  }
  return names;
}

const missing = (wanted: Set<string>, own: Set<string>) => [...wanted].filter((name) => !own.has(name));

describe('what other servers send, we send too:', { skip }, () => {
  const xml: [sample: string, path: string][] = [
    ['codeforamerica_open311/services.xml', '/services.xml'],
    ['bensheldon_open311status/services_giessen.xml', '/services.xml'],
    ['oiva_node-open311/dc-services-S0301.xml', '/services/repairs.xml'],
    ['codeforamerica_open311/service_requests.xml', '/requests.xml'],
    ['bensheldon_open311status/requests_many.xml', '/requests.xml'],
    ['codeforamerica_open311/get_service_request.xml', '/requests/1.xml'],
    ['bensheldon_open311status/requests_single.xml', '/requests/1.xml'],
    ['codeforamerica_open311/get_service_request_not_found.xml', '/requests/999999.xml'],
    ['codeforamerica_open311/request_id_from_token.xml', '/tokens/1.xml'],
    ['oiva_node-open311/token.xml', '/tokens/1.xml'],
    ['oiva_node-open311/discovery-dc.xml', '/discovery.xml'],
  ];
  for (const [file, path] of xml) {
    it(`${file} has no name that ${path} lacks`, async () => {
      const theirs = namesOf(parser.parse(sample(file)));
      assert.ok(theirs.size > 2);
      assert.deepEqual(missing(theirs, namesOf(parser.parse(await ours(path)))), []);
    });
  }
  const json: [sample: string, path: string][] = [
    ['bensheldon_open311status/service_list.json', '/services.json'],
    ['bensheldon_open311status/service_requests.json', '/requests.json'],
    ['oiva_node-open311/discovery-boston.json', '/discovery.json'],
  ];
  for (const [file, path] of json) {
    it(`${file} has the names and types of ${path}`, async () => {
      const [theirs, own] = [JSON.parse(sample(file)), JSON.parse(await ours(path))];
      assert.deepEqual(missing(namesOf(theirs), namesOf(own)), []);
      assert.equal(Array.isArray(theirs), Array.isArray(own));
      const [first, second] = [[theirs].flat()[0], [own].flat()[0]];
      for (const name of Object.keys(first)) assert.equal(typeof second[name], typeof first[name], name);
    });
  }
  it('a post is answered with the names of codeforamerica_open311/post_service_request.xml', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/open311/v2/requests.xml',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      payload: 'service_code=repairs&description=x&lat=40.01&long=116.33',
    });
    assert.equal(answer.statusCode, 201);
    assert.deepEqual(
      [...namesOf(parser.parse(answer.body))],
      [...namesOf(parser.parse(sample('codeforamerica_open311/post_service_request.xml')))],
    );
  });
});
