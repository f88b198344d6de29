import type { FastifyInstance } from 'fastify';
import { list_rounds, report_phone, show_phone } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import type { Environment } from '#platform/environment.ts';
import { isId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { SYNC_LIMIT, signedIn } from './sync_session.ts';
import type { Visit } from './visit.ts';

/** A phone that was heard from lately is not written down again. */
const REPORTED_EVERY_MS = 600_000;

/** POST /sync/contact: who is signed in, what time it is, what the server counts, and whether the phone is to wipe itself. */
export function serveContact(app: FastifyInstance, environment: Environment): void {
  app.post<{ Body: { phone_id?: unknown; is_wiped?: unknown } }>(
    '/sync/contact',
    { config: SYNC_LIMIT },
    async (request, reply) => {
      const visit = await signedIn(environment, request, reply);
      if (!visit) return reply;
      const { phone_id, is_wiped } = request.body ?? {};
      const wipe = isId(phone_id) && (await heardFrom(environment, visit, phone_id, is_wiped === true));
      return reply
        .header('cache-control', 'no-store')
        .send({ person_id: visit.person!.id, wipe, ...(await countsFor(environment, visit)) });
    },
  );
}

/** Writes a phone's contact down, and says whether it was ordered to wipe what it holds. */
async function heardFrom(environment: Environment, visit: Visit, id: string, is_wiped: boolean): Promise<boolean> {
  const known = await ask(environment, callerOf(visit), show_phone, { id });
  const isRecent = known && environment.clock().getTime() - known.last_contact_at.getTime() < REPORTED_EVERY_MS;
  if (!isRecent || is_wiped) await perform(environment, callerOf(visit), report_phone, { id, is_wiped });
  return Boolean(known?.wipe_ordered_at);
}

/** What the server holds of somebody's rounds: the only figures that a phone shows as confirmed. */
export async function countsFor(environment: Environment, visit: Visit) {
  const rounds = await ask(environment, callerOf(visit), list_rounds, { mine: true });
  return {
    server_at: environment.clock(),
    rounds: rounds.map(({ id, visited, doors, ended_at }) => ({ id, visited, doors, ended_at })),
  };
}

function callerOf(visit: Visit) {
  return { actor: visit.actor, community: visit.community, via: 'phone' };
}
