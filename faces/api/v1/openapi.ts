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

const Problem = {
  type: 'object',
  required: ['status', 'code', 'title'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable; what a program decides by' },
    title: { type: 'string', description: 'a sentence in the language asked for' },
    field: { type: 'string' },
    version: { type: 'integer', description: 'with the code stale: the version that stands' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, title: { type: 'string' }, field: { type: 'string' } },
      },
    },
  },
};

function operationOf({ method, path, scope, summary, query, command }: Endpoint) {
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
  const problem = {
    description: 'a problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    operationId: (query ?? command)!.name.replace('.', '_') + (inPath.length > 0 && method === 'GET' ? '_one' : ''),
    summary,
    ...(scope !== 'public' && { security: [{ token: [scope] }] }),
    parameters,
    ...(method === 'POST' && { requestBody: { required: true, content: { 'application/json': { schema } } } }),
    responses: {
      200: { description: 'the answer', content: { 'application/json': { schema: {} } } },
      400: problem,
      401: problem,
      403: problem,
      404: problem,
      409: problem,
      412: problem,
      429: problem,
    },
  };
}
