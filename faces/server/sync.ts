import type { FastifyInstance } from 'fastify';
import { messagesOf, sentencesOf } from '#faces/api/sentences.ts';
import { pack_round, record_visit } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import type { Environment } from '#platform/environment.ts';
import { isId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { countsFor, serveContact } from './contact.ts';
import { SYNC_LIMIT, signedIn } from './sync_session.ts';
import { serveUploads } from './uploads.ts';
import type { Visit } from './visit.ts';

/** A day's work fits into one of these; a phone with more sends several. */
const MOST_VISITS = 100;
const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * What a phone on a round talks to, with the cookie of its session: the outer server refuses writes that come from another
 * site, and bodies are JSON or bytes, which no form of another site can send.
 *
 *   GET   /sync/rounds/ID     everything the round needs
 *   POST  /sync/contact       {phone_id}: who is signed in, the time, what the server counts, and whether to wipe
 *   POST  /sync/visits        {visits: [...]} in the order they were recorded; an answer for each, accepted or refused
 *   HEAD  /sync/uploads/HASH  how much of a file has arrived
 *   PATCH /sync/uploads/HASH  its next part
 */
export async function serveSync(app: FastifyInstance, environment: Environment): Promise<void> {
  app.get<{ Params: { id: string } }>('/sync/rounds/:id', { config: SYNC_LIMIT }, async (request, reply) => {
    const visit = await signedIn(environment, request, reply);
    if (!visit) return reply;
    const pack = await ask(environment, callerOf(visit), pack_round, { id: request.params.id });
    const words = { visits: messagesOf(visit.locale).visits, refusals: messagesOf(visit.locale).refusals };
    return reply
      .header('cache-control', 'no-store')
      .send({ ...pack, locale: visit.locale, words, server_at: environment.clock() });
  });

  app.post<{ Body: { visits?: unknown } }>(
    '/sync/visits',
    { config: SYNC_LIMIT, bodyLimit: BODY_LIMIT },
    async (request, reply) => {
      const visit = await signedIn(environment, request, reply);
      if (!visit) return reply;
      const sent = request.body?.visits;
      if (!Array.isArray(sent) || sent.length > MOST_VISITS)
        return reply.code(400).send({ code: 'visits_many', limit: MOST_VISITS });
      const answers = [];
      // One after the other: the order on the phone is the order in which they happened.
      for (const one of sent) answers.push(await recordOne(environment, visit, one));
      return reply.header('cache-control', 'no-store').send({ answers, ...(await countsFor(environment, visit)) });
    },
  );

  serveContact(app, environment);
  await serveUploads(app, environment);
}

type Refused = Error & { code?: string; where?: { field?: string }; also?: Refused[] };

/** Each visit stands alone: one that is refused says why, and the others go on. */
async function recordOne(environment: Environment, visit: Visit, sent: unknown) {
  const id = (sent as { id?: unknown } | null)?.id;
  if (!isId(id)) return { id: null, state: 'refused', code: 'command_id_invalid' };
  try {
    return { state: 'accepted', ...(await perform(environment, { ...callerOf(visit), id }, record_visit, sent)) };
  } catch (error) {
    const refusal = error as Refused;
    if (refusal.name !== 'Refusal') throw error;
    const sentences = sentencesOf(refusal, visit.locale);
    return { id, state: 'refused', code: refusal.code, field: refusal.where?.field, sentences };
  }
}

function callerOf(visit: Visit) {
  return { actor: visit.actor, community: visit.community, via: 'phone' };
}
