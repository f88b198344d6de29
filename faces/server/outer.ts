import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyInstance } from 'fastify';
import { REPOSITORY } from '#platform/config.ts';
import type { Environment } from '#platform/environment.ts';
import { log } from '#platform/log.ts';
import { serveFiles } from './files.ts';
import { serveLive } from './live.ts';
import { makeVisit } from './make_visit.ts';
import { serveMapLibrary } from './map_library.ts';
import { serveSync } from './sync.ts';
import type { Visit } from './visit.ts';

const HEADERS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()',
};
const BODY_LIMIT = '64M';
const NOT_FOUNDED =
  '还没有社区。请运行：bin/yingmen found --help\nThere is no neighbourhood yet. Run: bin/yingmen found --help\n';

type PageHandler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
export type OuterOptions = {
  environment: Environment;
  /** Reads and writes that one network address may ask for in a minute. */
  reads_a_minute?: number;
  writes_a_minute?: number;
  /** How late the process may be with its own work before it turns requests away (503); 0 for never. */
  overload_delay_ms?: number;
  /** Adds the faces that have routes of their own (API, Open311) before the pages. */
  more?: (app: FastifyInstance) => Promise<void>;
};

/** The outer server: sessions, limits, headers and overload in one place, with the pages and the API behind it. */
export async function makeOuterServer(options: OuterOptions): Promise<FastifyInstance> {
  const { environment, reads_a_minute = 1200, writes_a_minute = 120, overload_delay_ms = 2000 } = options;
  const app = Fastify({
    trustProxy: 'loopback',
    logger: false,
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 300 },
  });
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) reply.raw.setHeader(name, value);
    if (environment.base_url.startsWith('https:')) reply.raw.setHeader('strict-transport-security', 'max-age=31536000');
    if (isForeign(request.method, request.headers, request.url))
      return reply.code(403).send({ code: 'foreign_origin' });
  });
  await app.register(underPressure, { maxEventLoopDelay: overload_delay_ms, maxHeapUsedBytes: 1.5e9, retryAfter: 10 });
  await app.register(cookie);
  await app.register(rateLimit, {
    max: (request) => (isWrite(request.method) ? writes_a_minute : reads_a_minute),
    keyGenerator: (request) => `${isWrite(request.method) ? 'w' : 'r'}/${request.ip}`,
    timeWindow: 60_000,
    cache: 20_000,
  });
  app.get('/health', async () => {
    await environment.database.pool.query('select 1');
    return { ok: true };
  });
  serveFiles(app, environment);
  await app.register((scope) => serveSync(scope, environment));
  serveMapLibrary(app);
  const endLive = serveLive(app, environment);
  app.addHook('preClose', async () => endLive());
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? (error.name === 'Refusal' ? (error.code === 'not_found' ? 404 : 400) : 500);
    if (status >= 500) log.error({ error: error.stack, path: request.routeOptions.url }, 'a request failed');
    return reply
      .code(status)
      .type('application/problem+json')
      .send({ status, code: error.code ?? 'failed', title: status >= 500 ? 'failed' : error.message });
  });
  await options.more?.(app);
  await app.register((pages) => mountPages(pages, environment));
  return app;
}

async function mountPages(app: FastifyInstance, environment: Environment): Promise<void> {
  const handler = await pageHandler();
  // The pages read bodies themselves.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/*',
    config: { rateLimit: {} },
    handler: async (request, reply) => {
      const raw = request.raw as IncomingMessage & { yingmen: Visit };
      // Before a neighbourhood is founded there is nothing to show but how to found one.
      const isFounded = await environment.communityBySlug().then(
        () => true,
        () => false,
      );
      if (!isFounded) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_FOUNDED);
      raw.yingmen = await makeVisit(environment, request);
      raw.headers['x-forwarded-proto'] =
        new URL(environment.base_url).protocol === 'https:' || request.protocol === 'https' ? 'https' : 'http';
      reply.hijack();
      handler(raw, reply.raw, () => reply.raw.writeHead(404).end());
    },
  });
}

/** The pages as they were built. They are one bundle; importing it twice is harmless, it gets all it needs with a request. */
async function pageHandler(): Promise<PageHandler> {
  const file = join(REPOSITORY, 'faces', 'web', 'build', 'handler.js');
  if (!existsSync(file))
    return (_request, response) => response.writeHead(503).end('The pages are not built: run npm start.');
  process.env.YINGMEN_REPOSITORY = REPOSITORY;
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  process.env.BODY_SIZE_LIMIT ??= BODY_LIMIT;
  return ((await import(pathToFileURL(file).href)) as { handler: PageHandler }).handler;
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

/** A form of another site must not write in a visitor's name: browsers say where a write comes from. */
function isForeign(method: string, headers: IncomingMessage['headers'], url: string): boolean {
  if (!isWrite(method) || url.startsWith('/api/') || url.startsWith('/open311/')) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && URL.parse(origin)?.host !== headers.host;
}
