import { z } from 'zod';
import { type Endpoint, endpoints } from './endpoints.ts';

type Schema = { properties?: Record<string, unknown>; required?: string[]; [key: string]: unknown };

/** The description of /api/v1 in OpenAPI 3.1, made from the same schemas that check the input. */
export function openApi(base_url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] ??= {};
    paths[endpoint.path]![endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yingmen',
      version: '1',
      description: 'Every need is heard once, gets an owner and a date, and gets an answer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${base_url}/api/v1` }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: { Problem } },
  };
}

/** An error as RFC 9457 has it. */
const Problem = {
  type: 'object',
  required: ['status', 'code', 'title'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable; what a program decides by' },
    title: { type: 'string', description: 'a sentence in the language asked for' },
    field: { type: 'string' },
    about: {
      type: 'object',
      description: 'the thing that was not found or not as expected',
      properties: { kind: { type: 'string' }, id: { type: 'string' }, field: { type: 'string' } },
    },
    version: { type: 'integer', description: 'with the code stale: the version that stands' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'title'],
        properties: { code: { type: 'string' }, title: { type: 'string' }, field: { type: 'string' } },
      },
    },
  },
};

function operationOf({ method, path, scope, summary, query, command, answer }: Endpoint) {
  const schema = z.toJSONSchema((query ?? command)!.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  delete schema.$schema;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parameters: Record<string, unknown>[] = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: schema.properties?.[name] ?? {},
  }));
  for (const name of inPath) delete schema.properties?.[name];
  schema.required = schema.required?.filter((name) => !inPath.includes(name));
  if (method === 'GET') {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      parameters.push({ name, in: 'query', required: schema.required?.includes(name) ?? false, schema: property });
    }
  } else {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 200 },
      description: 'the same key again gives the first answer',
    });
    if (schema.properties?.expected_version) {
      parameters.push({
        name: 'If-Match',
        in: 'header',
        required: false,
        schema: { type: 'string' },
        description: 'the ETag that was seen; a newer version refuses the edit with 412',
      });
    }
  }
  return {
    operationId: (query ?? command)!.name.replace('.', '_') + (inPath.length > 0 && method === 'GET' ? '_one' : ''),
    summary,
    ...(scope !== 'public' && { security: [{ token: [scope] }] }),
    parameters,
    ...(method === 'POST' && { requestBody: { required: true, content: { 'application/json': { schema } } } }),
    responses: responsesOf(method, answer),
  };
}

// What may go wrong, and when.
const PROBLEMS: Record<number, string> = {
  400: 'something in it is not right; `errors` names each field',
  401: 'a token is needed, or this one is wrong',
  403: 'the token or its person may not',
  404: 'it is not there, or not for you',
  409: 'the step cannot be taken from here, or the key was used for something else',
  412: 'it was changed since it was read (`stale`), or `If-Match` holds a tag of nobody',
  413: 'the body is too large',
  415: 'the body is not JSON',
  429: 'asked too often; `Retry-After` says when to come back',
  500: 'our own failure',
  503: 'overloaded; `Retry-After` says when to come back',
};
const ONLY_FOR_WRITES = [409, 412, 413, 415];

function responsesOf(method: Endpoint['method'], answer: z.ZodType) {
  const { $schema: _, ...schema } = z.toJSONSchema(answer, { io: 'input' });
  const headers = { ETag: { schema: { type: 'string' }, description: 'the version that was read or made' } };
  const wrong = Object.entries(PROBLEMS).filter(
    ([status]) => method === 'POST' || !ONLY_FOR_WRITES.includes(Number(status)),
  );
  return {
    200: { description: 'the answer', headers, content: { 'application/json': { schema } } },
    ...(method === 'GET' && { 304: { description: 'as it was when `If-None-Match` was read' } }),
    ...Object.fromEntries(
      wrong.map(([status, description]) => [
        status,
        {
          description,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
    ),
  };
}
