import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from '#faces/server/make_visit.ts';
import type { Environment } from '#platform/environment.ts';
import { log } from '#platform/log.ts';
import { sentencesOf } from '../sentences.ts';
import { answers, PRODUCTION, TEST } from './answers.ts';
import type { Answer, Call } from './call.ts';
import { Open311Error } from './errors.ts';
import { textsOf } from './parameters.ts';
import { toXml, type Value } from './xml.ts';

const TYPES = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;
type Format = keyof typeof TYPES;

/** Open311 GeoReport v2 at /open311/v2 and, for trying, /open311/test/v2: JSON and XML with the same view behind both. */
export async function open311(app: FastifyInstance, environment: Environment): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 256 * 1024 });
    for (const prefix of [PRODUCTION, TEST]) {
      for (const { method, path, root, run } of answers) {
        for (const format of ['json', 'xml'] as const) {
          scope.route({
            method,
            url: `${prefix}${path}.${format}`,
            handler: (request, reply) => answer(environment, request, reply, { format, root, run, prefix }),
          });
        }
      }
    }
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/open311/*',
      handler: (request, reply) =>
        send(
          reply,
          formatOf(request.url),
          'errors',
          errorsOf(404, ['nothing is here; addresses end in .xml or .json']),
          404,
        ),
    });
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => failed(error, request, reply));
  });
}

type Wanted = { format: Format; root: string; run: Answer; prefix: string };

async function answer(environment: Environment, request: FastifyRequest, reply: FastifyReply, wanted: Wanted) {
  const community = await environment.communityBySlug();
  const texts = { ...textsOf(request.query), ...textsOf(request.body) };
  if (texts.jurisdiction_id && texts.jurisdiction_id !== community.slug)
    throw new Open311Error(404, 'jurisdiction_id was not found');
  const call: Call = {
    environment,
    community,
    texts,
    id: textsOf(request.params).id ?? '',
    around: { base_url: environment.base_url, locale: wantedLocale(request), time_zone: community.time_zone },
    is_test: wanted.prefix === TEST,
  };
  return send(reply, wanted.format, wanted.root, await wanted.run(call), request.method === 'POST' ? 201 : 200);
}

function wantedLocale(request: FastifyRequest): string {
  const { locale } = { ...textsOf(request.query), ...textsOf(request.body) };
  return locale === 'en' || locale === 'zh-CN' ? locale : localeOf(request);
}

/** Whatever went wrong, said in the shape of the specification: every sentence an error of its own. */
function failed(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) {
  const format = formatOf(request.url);
  if (error instanceof Open311Error)
    return send(reply, format, 'errors', errorsOf(error.status, error.descriptions), error.status);
  if (error.name === 'Refusal')
    return send(reply, format, 'errors', errorsOf(400, sentencesOf(error, wantedLocale(request))), 400);
  const status = error.statusCode ?? 500;
  if (status >= 500) log.error({ error: error.stack }, 'an Open311 request failed');
  const description = status >= 500 ? 'something failed on our side' : error.message;
  return send(reply, format, 'errors', errorsOf(status, [description]), status);
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
