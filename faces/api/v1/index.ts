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
    const description = JSON.stringify(openApi(environment.base_url));
    scope.get(`${PREFIX}/openapi.json`, (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(description),
    );
    for (const endpoint of endpoints) {
      scope.route({
        method: endpoint.method,
        url: PREFIX + endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
        handler: (request, reply) => answer(environment, endpoint, request, reply),
      });
    }
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/api/*',
      handler: async () => {
        throw Object.assign(new Error('nothing_here'), { statusCode: 404, code: 'nothing_here' });
      },
    });
  });
}

async function answer(environment: Environment, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  const community = await environment.communityBySlug();
  const actor = await actorOf(environment, endpoint, request);
  const path = request.params as Record<string, string>;
  if (endpoint.query) {
    const input = { ...queryInput(endpoint.query.input, request.query as Record<string, unknown>), ...path };
    const found = await ask(environment, { actor, community, via: 'api' }, endpoint.query, input);
    const body = JSON.stringify(found);
    const etag = etagOf(found, body);
    reply
      .header('etag', etag)
      .header('cache-control', 'private, no-cache')
      .header('vary', 'authorization, accept-language');
    if (isSeen(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(body);
  }
  const key = request.headers['idempotency-key'];
  const id =
    typeof key === 'string' ? (isId(key) ? key : idFrom('idempotency', actor.id, key.slice(0, 200))) : undefined;
  const version = versionSeen(request.headers['if-match']);
  const input = { ...(request.body as object | null), ...path, ...(version && { expected_version: version }) };
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

/** What a thing that has versions was read at, and the very bytes: an edit goes by the first, a cache by both. */
function etagOf(found: unknown, body: string): string {
  const version = (found as { version?: unknown } | null)?.version;
  const hash = sha256(body).toString('base64url').slice(0, 27);
  return typeof version === 'number' ? `"${version}-${hash}"` : `"${hash}"`;
}

function isSeen(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false;
}

/**
 * The version that an edit was written against, from `If-Match` (RFC 9110, 13.1.1). A tag that no version of ours can
 * have matches nothing: the edit is refused, never carried out as if nothing had been said.
 */
function versionSeen(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const versions = header.split(',').map((tag) => Number(/^\s*"?([1-9]\d{0,8})(-[\w-]{27})?"?\s*$/.exec(tag)?.[1]));
  const known = versions.filter((version) => !Number.isNaN(version));
  if (known.length === 0)
    throw Object.assign(new Error('if_match_unknown'), { statusCode: 412, code: 'if_match_unknown' });
  return Math.max(...known);
}

type Refused = Error & {
  code?: string;
  statusCode?: number;
  where?: { field?: string; id?: string };
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

// What the server itself refuses before anything of ours is asked; its own codes (FST_…) tell a client nothing.
const BY_STATUS: Record<number, string> = {
  400: 'body_broken',
  404: 'nothing_here',
  413: 'body_large',
  415: 'body_kind',
  429: 'asked_too_often',
};

/** The stable code of an error: a refusal's own, one of ours thrown here, or what its status means. */
function codeOf(error: Refused, status: number, isRefusal: boolean): string {
  if (isRefusal) return error.code ?? 'failed';
  if (status >= 500) return 'failed';
  const isOurs = error.code !== undefined && /^[a-z_]+$/.test(error.code);
  return isOurs ? error.code! : (BY_STATUS[status] ?? 'invalid_input');
}

function problem(error: Refused, request: FastifyRequest, reply: FastifyReply) {
  const isRefusal = error.name === 'Refusal';
  const status = isRefusal ? (STATUS[error.code ?? ''] ?? 400) : (error.statusCode ?? 500);
  if (status >= 500) log.error({ error: error.stack }, 'an API request failed');
  const code = codeOf(error, status, isRefusal);
  // Errors of the database have a `where` too: a text of its own, for nobody outside.
  const where = isRefusal ? error.where : undefined;
  const version = code === 'stale' ? error.vars?.version : undefined;
  if (version) reply.header('etag', `"${version}"`);
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
      ...(where?.field && { field: where.field }),
      ...(where?.id && { about: where }),
      ...(version && { version }),
      ...(isRefusal &&
        all.length > 1 && {
          errors: all.map((one, i) => ({
            code: one.code,
            title: sentences[i],
            field: one.where?.field,
          })),
        }),
    });
}
