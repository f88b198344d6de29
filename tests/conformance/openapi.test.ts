import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '#faces/api/index.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import type { Actor } from '#platform/actor.ts';
import { issue_api_token, newToken } from '#platform/api_tokens.ts';
import { perform } from '#platform/command.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

type Schema = { [key: string]: unknown };
type Content = Record<string, { schema: Schema }>;
type Operation = { responses: Record<string, { content?: Content }> };
type Description = { paths: Record<string, Record<string, Operation>>; components: Schema };

let town: Neighbourhood;
let app: FastifyInstance;
let description: Description;
const tokens = new Map<string, string>();
/** Everything that was answered: held against the description at the end, since compiling schemas is heavy work for a server's thread. */
const answers: { method: string; path: string; status: number; type: string; body: unknown }[] = [];
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

before(async () => {
  town = await makeNeighbourhood();
  const { environment } = town;
  const more = (server: FastifyInstance) => registerApi(server, environment);
  app = await makeOuterServer({ environment, overload_delay_ms: 0, more, reads_a_minute: 1e6, writes_a_minute: 1e6 });
  description = (await app.inject('/api/v1/openapi.json')).json();
});
after(async () => {
  await app.close();
  await town.close();
});

/** A token of this person, issued by the administrator. */
async function tokenOf(person: Actor): Promise<string> {
  const known = tokens.get(person.id);
  if (known) return known;
  const { environment, community, people } = town;
  const token = newToken();
  const input = { label: 'conformance', scopes: ['requests:write', 'requests:read'], token };
  const caller = { actor: people.administrator, community, via: 'test' };
  const { id } = await perform(environment, caller, issue_api_token, input as never);
  const db = environment.database.of(community.id);
  await db.updateTable('api_tokens').set({ person_id: person.id }).where('id', '=', id).execute();
  tokens.set(person.id, token);
  return token;
}

/** The schema with nothing allowed that it does not name, so that a field nobody described is found. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const isObject = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(entries), ...(isObject && { additionalProperties: false }) };
}

/** Calls an address of the description as a person, and keeps the answer. */
async function call(person: Actor | null, method: 'GET' | 'POST', path: string, input: Schema = {}, expected = 200) {
  const {
    in_path = {},
    search = '',
    body,
    headers = {},
  } = input as {
    in_path?: Record<string, string>;
    search?: string;
    body?: object;
    headers?: Record<string, string>;
  };
  const authorization = person ? { authorization: `Bearer ${await tokenOf(person)}` } : {};
  const answer = await app.inject({
    method,
    url: `/api/v1${path.replace(/\{(\w+)\}/g, (_, name) => in_path[name]!)}${search}`,
    headers: { ...authorization, ...headers },
    ...(method === 'POST' && { payload: body ?? {} }),
  });
  assert.equal(answer.statusCode, expected, `${method} ${path}: ${answer.body}`);
  const [type = ''] = String(answer.headers['content-type']).split(';');
  answers.push({ method, path, status: expected, type, body: answer.json() });
  return answer.json();
}

const tell = (category = 'repairs') =>
  call(town.people.resident, 'POST', '/requests', {
    body: {
      category: { code: category },
      text: '三楼的灯坏了',
      place: { household_id: town.household },
      wants_public: true,
    },
  }) as Promise<{ id: string; number: number; owner_id: string }>;
const step = (person: Actor, request: { id: string }, name: string, body: object = {}, expected = 200) =>
  call(person, 'POST', `/requests/{id}/${name}`, { in_path: { id: request.id }, body }, expected);

describe('the description of /api/v1', () => {
  it('says what reads answer, to a visitor and to staff', async () => {
    const { desk, resident } = town.people;
    const { number } = await tell();
    await tell('noise');
    for (const person of [null, resident, desk]) {
      for (const path of ['/categories', '/grids', '/measures']) await call(person, 'GET', path);
      await call(person, 'GET', '/places', { search: `?text=${encodeURIComponent('1栋')}` });
      await call(person, 'GET', '/answerers', { search: `?building_id=${town.building}` });
      await call(person, 'GET', '/answerers', { search: '?latitude=40.01&longitude=116.33' });
      await call(person, 'GET', '/requests', { search: '?count=true&limit=1' });
    }
    for (const person of [resident, desk])
      await call(person, 'GET', '/requests/{number}', { in_path: { number: String(number) } });
  });

  it('says what every step answers, and a request with all of them behind it', async () => {
    const { desk, handler, resident } = town.people;
    const request = await tell();
    await step(desk, request, 'accept');
    await step(desk, request, 'promise', { due_at: '2026-03-10T02:00:00Z', reason: '等配件' });
    await step(desk, request, 'ask-reporter', { question: '是哪一盏？' });
    await step(resident, request, 'reply', { text: '靠窗的那盏。' });
    const help = await step(desk, request, 'call-in-help', {
      helper: { person_id: handler.id },
      asked_for: '请看一下线路',
    });
    await step(handler, request, 'answer-help', { help_id: help.help_id, text: '线路没问题' });
    await step(desk, request, 'note', { text: '记一笔' });
    await step(desk, request, 'redact', { public_text: '灯坏了', reason: '写了门牌' });
    await step(desk, request, 'answer', { text: '换好了' });
    await step(resident, request, 'reopen', { reason: '又坏了' });
    await step(desk, request, 'recategorise', { category_id: town.categories.noise, reason: '看错了' });
    await step(desk, request, 'hand-on', { to: { person_id: handler.id }, reason: '请你看看' });
    await step(desk, request, 'finish', { text: '修好了' });
    await step(resident, request, 'confirm', { stars: 5 });
    for (const person of [resident, desk])
      await call(person, 'GET', '/requests/{number}', { in_path: { number: String(request.number) } });
    await call(desk, 'GET', '/measures');
  });

  it('says what joining, splitting, refusing, following and withdrawing answer', async () => {
    const { desk, resident } = town.people;
    const [whole, joined, split, refused, withdrawn] = [
      await tell(),
      await tell(),
      await tell(),
      await tell(),
      await tell(),
    ];
    await step(desk, whole, 'join', { from_ids: [joined.id], reason: '同一件事' });
    const parts = ['灯', '门'].map((text) => ({ text, category_id: town.categories.repairs }));
    await step(desk, split, 'split', { parts, reason: '两件事' });
    await step(desk, refused, 'refuse', { text: '不归我们管，请打12345。' });
    await step(resident, whole, 'follow', { follow: true });
    await step(resident, withdrawn, 'withdraw');
    for (const { number } of [whole, joined, split])
      await call(desk, 'GET', '/requests/{number}', { in_path: { number: String(number) } });
  });

  it('describes every problem as it is answered', async () => {
    const { desk, neighbour, resident } = town.people;
    const request = await tell('hardship');
    await call(null, 'POST', '/requests', {}, 401);
    await call(resident, 'POST', '/requests', { body: { text: '', kind: 'wish' } }, 400);
    await step(neighbour, request, 'withdraw', {}, 404);
    await step(desk, request, 'confirm', {}, 404);
    await step(resident, request, 'reply', { text: '什么？' }, 409);
    const path = '/requests/{id}/accept';
    const stale = { in_path: { id: request.id }, headers: { 'if-match': '"9"' } };
    assert.equal((await call(desk, 'POST', path, stale, 412)).version, 1);
    await call(desk, 'POST', '/requests', { body: { text: 'x'.repeat(2_000_000) } }, 413);
    await call(null, 'GET', '/requests', { search: '?limit=0' }, 400);
    await call(null, 'GET', '/requests/{number}', { in_path: { number: '999999' } }, 404);
  });

  it('says what was answered, each time, with every field', () => {
    const validators = new Map<string, ReturnType<typeof ajv.compile>>();
    for (const { method, path, status, type, body } of answers) {
      const what = `${method} ${path}: ${status} as ${type}`;
      const schema = description.paths[path]![method.toLowerCase()]!.responses[status]?.content?.[type]?.schema;
      assert.ok(schema, what);
      const whole = { ...(closed(schema) as Schema), components: closed(description.components) };
      const isValid = validators.get(what) ?? ajv.compile(whole);
      validators.set(what, isValid);
      assert.ok(isValid(body), `${what}: ${ajv.errorsText(isValid.errors)} in ${JSON.stringify(body)}`);
    }
  });

  it('was walked whole: no address without an answer that was checked', () => {
    const all = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const walked = new Set(
      answers.filter(({ status }) => status === 200).map(({ method, path }) => `${method} ${path}`),
    );
    assert.deepEqual(
      all.filter((one) => !walked.has(one)),
      [],
    );
  });

  it('is valid OpenAPI 3.1 to a validator that is not ours', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(description));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, '3.1');
    const broken = structuredClone(description) as unknown as Schema;
    delete broken.info;
    assert.equal((await new Validator().validate(broken)).valid, false);
  });
});
