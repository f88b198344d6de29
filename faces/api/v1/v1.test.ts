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
  app = await makeOuterServer({
    environment,
    overload_delay_ms: 0,
    more: (server) => registerApi(server, environment),
  });
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
    const stale = await accept('"9"');
    assert.deepEqual([stale.statusCode, stale.json().code, stale.json().version], [412, 'stale', 1]);
    for (const tag of ['"abc"', 'W/"1"', '"0"', '']) assert.equal((await accept(tag)).statusCode, 412, tag);
    assert.equal((await accept('"1"')).headers.etag, '"2"');
    assert.equal((await call('POST', `/requests/${id}/redact`, { body: { reason: 'x' } })).statusCode, 404);
    assert.equal((await call('GET', '/requests/999999')).statusCode, 404);
    await db
      .updateTable('api_tokens')
      .set({ person_id: town.people.administrator.id })
      .where('id', '=', token_id)
      .execute();
  });

  it('takes the ETag that was read for the edit that follows', async () => {
    const { number, id, owner_id } = (await call('POST', '/requests', { body: need })).json();
    const db = town.environment.database.of(town.community.id);
    const standFor = (person_id: string) =>
      db.updateTable('api_tokens').set({ person_id }).where('id', '=', token_id).execute();
    await standFor(owner_id);
    const read = await call('GET', `/requests/${number}`);
    const accept = () =>
      call('POST', `/requests/${id}/accept`, { body: {}, headers: { 'if-match': String(read.headers.etag) } });
    assert.equal((await accept()).statusCode, 200);
    assert.equal((await accept()).json().code, 'stale');
    await standFor(town.people.administrator.id);
  });

  it('answers problems whatever is sent, and nothing as a page', async () => {
    const raw = (payload: string, type = 'application/json') =>
      app.inject({
        method: 'POST',
        url: '/api/v1/requests',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        payload,
      });
    const before_our_calendar = Buffer.from(`-271821-04-20T00:00:00.000Z ${token_id}`).toString('base64url');
    const table: [answer: Awaited<ReturnType<typeof raw>>, status: number, code: string][] = [
      [await raw('{'), 400, 'body_broken'],
      [await raw('<x/>', 'text/xml'), 415, 'body_kind'],
      [await raw(JSON.stringify({ text: 'x'.repeat(2_000_000) })), 413, 'body_large'],
      [await call('GET', '/nothing'), 404, 'nothing_here'],
      [await call('POST', '/nothing', { body: {} }), 404, 'nothing_here'],
      [await call('GET', `/requests?after=${before_our_calendar}`), 400, 'cursor_invalid'],
      [await call('GET', '/requests?submitted_from=-271821-04-20'), 400, 'invalid_input'],
      [await call('GET', '/requests/99999999999'), 404, 'not_found'],
      [await call('GET', '/requests/0'), 400, 'too_small'],
    ];
    for (const [answer, status, code] of table) {
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', answer.body);
      assert.deepEqual([answer.statusCode, answer.json().code], [status, code]);
      assert.ok(!answer.json().title.includes(code));
    }
  });

  it('keeps what can be kept of text with half characters', async () => {
    const body = { ...need, text: 'a\u0000b\ud800c', details: { where: 'stairs' } };
    const { number } = (await call('POST', '/requests', { body })).json();
    assert.equal((await call('GET', `/requests/${number}`)).json().text, 'ab\ufffdc');
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

  it('says not modified of figures for the rest of their minute, whatever happens meanwhile', async () => {
    const first = await call('GET', '/measures');
    await call('POST', '/requests', { body: need });
    const again = await call('GET', '/measures', { headers: { 'if-none-match': String(first.headers.etag) } });
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
