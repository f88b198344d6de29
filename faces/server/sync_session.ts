import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '#platform/environment.ts';
import { makeVisit } from './make_visit.ts';
import type { Visit } from './visit.ts';

// A day of 80 visits with their photos in parts is more than a page's forms may send in a minute.
export const SYNC_LIMIT = { rateLimit: { max: 1200, timeWindow: 60_000 } };

/** Whoever is signed in; a phone without a session keeps its queue and asks its holder to sign in. */
export async function signedIn(
  environment: Environment,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const visit = await makeVisit(environment, request);
  if (visit.person && !visit.acting_for) return visit;
  reply.code(401).send({ code: 'sign_in_first' });
  return undefined;
}
