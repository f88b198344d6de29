import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from '#faces/server/make_visit.ts';
import type { Environment } from '#platform/environment.ts';
import { log } from '#platform/log.ts';
import { type Answer, answers, type Call } from './answers.ts';
import { Open311Error } from './errors.ts';
import { textsOf } from './parameters.ts';
import { toXml, type Value } from './xml.ts';

const PREFIX = '/open311/v2';
const TYPES = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;
type Format = keyof typeof TYPES;

/** Open311 GeoReport v2 at /open311/v2, in JSON and XML, with the same view behind both. */
export async function open311(app: FastifyInstance, environment: Environment): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 256 * 1024 });
    scope.setNotFoundHandler((request, reply) =>
      send(reply, formatOf(request.url), 'errors', errorsOf(404, ['there is nothing at this address']), 404),
    );
    for (const { method, path, root, run } of answers) {
      for (const format of ['json', 'xml'] as const) {
        scope.route({
          method,
          url: `${PREFIX}${path}.${format}`,
          handler: (request, reply) => answer(environment, request, reply, format, root, run),
        });
      }
    }
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) log.error({ error: error.stack }, 'an Open311 request failed');
      return send(
        reply,
        formatOf(request.url),
        'errors',
        errorsOf(status, [status >= 500 ? 'something failed on our side' : error.message]),
        status,
      );
    });
  });
}

async function answer(
  environment: Environment,
  request: FastifyRequest,
  reply: FastifyReply,
  format: Format,
  root: string,
  run: Answer,
) {
  try {
    const community = await environment.communityBySlug();
    const texts = { ...textsOf(request.query), ...textsOf(request.body) };
    if (texts.jurisdiction_id && texts.jurisdiction_id !== community.slug)
      throw new Open311Error(404, 'jurisdiction_id was not found');
    const call: Call = {
      environment,
      community,
      texts,
      id: textsOf(request.params).id ?? '',
      around: {
        base_url: environment.base_url,
        locale: texts.locale === 'en' ? 'en' : localeOf(request),
        time_zone: community.time_zone,
      },
    };
    const value = await run(call);
    return send(reply, format, root, value, request.method === 'POST' ? 201 : 200);
  } catch (error) {
    if (error instanceof Open311Error)
      return send(reply, format, 'errors', errorsOf(error.status, error.descriptions), error.status);
    throw error;
  }
}

function errorsOf(code: number, descriptions: string[]): Value {
  return descriptions.map((description) => ({ code, description }));
}

function send(reply: FastifyReply, format: Format, root: string, value: Value, status: number) {
  const body = format === 'json' ? JSON.stringify(value) : toXml(root, value);
  return reply.code(status).header('content-type', TYPES[format]).header('access-control-allow-origin', '*').send(body);
}

function formatOf(url: string): Format {
  return /\.json(?:$|\?)/.test(url) ? 'json' : 'xml';
}
