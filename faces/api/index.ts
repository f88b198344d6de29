import type { FastifyInstance } from 'fastify';
import type { Environment } from '#platform/environment.ts';
import { open311 } from './open311/index.ts';
import { apiV1 } from './v1/index.ts';

/** The faces for other systems: Open311 GeoReport v2 and /api/v1. */
export async function registerApi(app: FastifyInstance, environment: Environment): Promise<void> {
  await open311(app, environment);
  await apiV1(app, environment);
}
