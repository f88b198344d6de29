import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '#faces/api/index.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import { issue_api_token, newToken, revoke_api_token } from '#platform/api_tokens.ts';
import { perform } from '#platform/command.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

let town: Neighbourhood;
let app: FastifyInstance;
let token = '';
let token_id = '';
before(async () => {
  town = await makeNeighbourhood();
  const { environment, community, people } = town;
  app = await makeOuterServer({ environment, more: (server) => registerApi(server, environment) });
  token = newToken();
  const caller = { actor: people.administrator, community, via: 'test' };
  token_id = (
    await perform(environment, caller, issue_api_token, {
      label: 'test',
      scopes: ['requests:write', 'requests:read'],
      token,
    })
  ).id;
});
after(async () => {
  await app.close();
  await town.close();
});

const call = (method: 'GET' | 'POST', path: string, more: { body?: object; headers?: Record<string, string> } = {}) =>
  app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}`, ...more.headers },
    payload: more.body,
  });
const need = { category: { code: 'repairs' }, text: '灯坏了', place: { household_id: '' }, wants_public: true };

describe('the API', () => {
  before(() => {
    need.place.household_id = town.household;
  });

  it('carries out commands with a token that may, once a key', async () => {
    const headers = { 'idempotency-key': 'a key of their own' };
    const [first, again] = [
      await call('POST', '/requests', { body: need, headers }),
      await call('POST', '/requests', { body: need, headers }),
    ];
    assert.equal(first.statusCode, 200);
    assert.deepEqual(again.json(), first.json());
    assert.equal((await call('POST', '/requests', { body: { ...need, text: '别的' }, headers })).statusCode, 409);
  });

  it('does what the person of its token may do, refuses a stale edit with 412, and hides the rest', async () => {
    const { id, owner_id } = (await call('POST', '/requests', { body: need })).json();
    const db = town.environment.database.of(town.community.id);
    await db.updateTable('api_tokens').set({ person_id: owner_id }).where('id', '=', token_id).execute();
    const accept = (version: string) =>
      call('POST', `/requests/${id}/accept`, { body: {}, headers: { 'if-match': version } });
    assert.equal((await accept('"9"')).statusCode, 412);
    assert.equal((await accept('"1"')).headers.etag, '"2"');
    assert.equal((await call('POST', `/requests/${id}/redact`, { body: { reason: 'x' } })).statusCode, 404);
    assert.equal((await call('GET', '/requests/999999')).statusCode, 404);
    await db
      .updateTable('api_tokens')
      .set({ person_id: town.people.administrator.id })
      .where('id', '=', token_id)
      .execute();
  });

  it('answers problems with a code, a sentence in the language asked for, and every wrong field', async () => {
    const answer = await call('POST', '/requests', {
      body: { ...need, text: '', kind: 'wish' },
      headers: { 'accept-language': 'en' },
    });
    assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
    const body = answer.json();
    assert.equal(body.errors.length, 2);
    assert.deepEqual(body.errors.map((one: { field: string }) => one.field).sort(), ['kind', 'text']);
    assert.match(JSON.stringify(body), /Please fill this in/);
    const chinese = await call('POST', '/requests', {
      body: { ...need, text: '' },
      headers: { 'accept-language': 'zh' },
    });
    assert.match(chinese.body, /请填写/);
  });

  it('says not modified when nothing was', async () => {
    const first = await call('GET', '/categories');
    const again = await call('GET', '/categories', { headers: { 'if-none-match': String(first.headers.etag) } });
    assert.equal(again.statusCode, 304);
  });

  it('reads lists with filters and cursors from the address', async () => {
    await call('POST', '/requests', { body: need });
    const page = (await call('GET', '/requests?limit=1&phase=open')).json();
    assert.equal(page.requests.length, 1);
    assert.ok(page.next);
    const next = (await call('GET', `/requests?limit=1&phase=open&after=${page.next}`)).json();
    assert.notEqual(next.requests[0].number, page.requests[0].number);
  });

  it('knows no token that is wrong or revoked, and takes none for a visitor', async () => {
    const bad = (authorization: string) => call('GET', '/categories', { headers: { authorization } });
    assert.equal((await bad('Bearer ym_nonsense')).statusCode, 401);
    assert.equal((await app.inject({ method: 'POST', url: '/api/v1/requests', payload: need })).statusCode, 401);
    await perform(
      town.environment,
      { actor: town.people.administrator, community: town.community, via: 'test' },
      revoke_api_token,
      { id: token_id },
    );
    assert.equal((await call('GET', '/categories')).statusCode, 401);
  });

  it('describes itself in OpenAPI 3.1, each operation once', async () => {
    const { openapi, paths } = (await app.inject('/api/v1/openapi.json')).json();
    assert.equal(openapi, '3.1.0');
    const operations = Object.values(paths as Record<string, Record<string, { operationId: string }>>).flatMap((path) =>
      Object.values(path).map((one) => one.operationId),
    );
    assert.equal(new Set(operations).size, operations.length);
    assert.ok(operations.includes('requests_submit_request'));
  });
});
