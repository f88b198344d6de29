import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from '#faces/server/make_visit.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { actorOfToken } from '#platform/api_tokens.ts';
import { perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom, isId } from '#platform/ids.ts';
import { log } from '#platform/log.ts';
import { ask } from '#platform/query.ts';
import { sentencesOf } from '../sentences.ts';
import { type Endpoint, endpoints } from './endpoints.ts';
import { openApi } from './openapi.ts';
import { queryInput } from './query_input.ts';

const PREFIX = '/api/v1';

/** /api/v1: the commands and queries of the modules, with tokens, idempotency keys, ETags and problems as RFC 9457 has them. */
export async function apiV1(app: FastifyInstance, environment: Environment): Promise<void> {
  await app.register(async (scope) => {
    scope.setErrorHandler((error: Refused, request, reply) => problem(error, request, reply));
    scope.get(`${PREFIX}/openapi.json`, async () => openApi(environment.base_url));
    for (const endpoint of endpoints) {
      scope.route({
        method: endpoint.method,
        url: PREFIX + endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
        handler: (request, reply) => answer(environment, endpoint, request, reply),
      });
    }
  });
}

async function answer(environment: Environment, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  const community = await environment.communityBySlug();
  const actor = await actorOf(environment, endpoint, request);
  const path = request.params as Record<string, string>;
  if (endpoint.query) {
    const input = { ...queryInput(endpoint.query.input, request.query as Record<string, unknown>), ...path };
    const body = JSON.stringify(await ask(environment, { actor, community, via: 'api' }, endpoint.query, input));
    const etag = `"${sha256(body).toString('base64url').slice(0, 27)}"`;
    reply
      .header('etag', etag)
      .header('cache-control', 'private, no-cache')
      .header('vary', 'authorization, accept-language');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(body);
  }
  const key = request.headers['idempotency-key'];
  const id =
    typeof key === 'string' ? (isId(key) ? key : idFrom('idempotency', actor.id, key.slice(0, 200))) : undefined;
  const version = /^"?(\d{1,9})"?$/.exec(String(request.headers['if-match'] ?? ''))?.[1];
  const input = { ...(request.body as object | null), ...path, ...(version && { expected_version: Number(version) }) };
  const done = (await perform(environment, { actor, community, id, via: 'api' }, endpoint.command!, input)) as {
    version?: number;
  };
  if (done?.version) reply.header('etag', `"${done.version}"`);
  return done;
}

/** Whoever the token stands for; public reads need none. A token that is wrong is refused, never taken for a visitor. */
async function actorOf(environment: Environment, endpoint: Endpoint, request: FastifyRequest): Promise<Actor> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!bearer) {
    if (endpoint.scope !== 'public')
      throw Object.assign(new Error('token_needed'), { statusCode: 401, code: 'token_needed' });
    return visitor;
  }
  const actor = await actorOfToken(environment, await environment.communityBySlug(), bearer);
  if (!actor) throw Object.assign(new Error('token_wrong'), { statusCode: 401, code: 'token_wrong' });
  if (endpoint.scope !== 'public') {
    if (!actor.scopes?.includes(endpoint.scope))
      throw Object.assign(new Error('scope_missing'), { statusCode: 403, code: 'scope_missing' });
    return actor;
  }
  // Reading more than the public takes the scope for it.
  return actor.scopes?.includes('requests:read') ? actor : visitor;
}

type Refused = Error & {
  code?: string;
  statusCode?: number;
  where?: { field?: string };
  vars?: Record<string, string | number>;
  also?: Refused[];
};

const STATUS: Record<string, number> = {
  not_found: 404,
  stale: 412,
  id_used_before: 409,
  step_impossible: 409,
  sign_in_first: 401,
  staff_only: 403,
};

function problem(error: Refused, request: FastifyRequest, reply: FastifyReply) {
  const isRefusal = error.name === 'Refusal';
  const status = isRefusal ? (STATUS[error.code ?? ''] ?? 400) : (error.statusCode ?? 500);
  if (status >= 500) log.error({ error: error.stack }, 'an API request failed');
  const code = status >= 500 ? 'failed' : (error.code ?? 'failed');
  const locale = localeOf(request);
  const all = [error, ...(error.also ?? [])];
  const sentences = sentencesOf(isRefusal ? error : Object.assign(new Error(), { code }), locale);
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({
      status,
      code,
      title: sentences[0],
      ...(error.where?.field && { field: error.where.field }),
      ...(error.where && 'id' in error.where && { about: error.where }),
      ...(isRefusal &&
        all.length > 1 && {
          errors: all.map((one, i) => ({ code: one.code, title: sentences[i], field: one.where?.field })),
        }),
    });
}
