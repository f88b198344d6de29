import type { FastifyInstance } from 'fastify';
import type { Environment } from '#platform/environment.ts';

const HEARTBEAT_MS = 25_000;
const MOST_AN_ADDRESS = 20;
const MOST_SUBJECTS = 200;

/**
 * GET /live?subjects=request/ID,… : server-sent events that something has changed. They carry no content: the page asks
 * again for what its reader may see. `desk` stands for every request.
 */
export function serveLive(app: FastifyInstance, environment: Environment): () => void {
  const open = new Map<string, number>();
  const endings = new Set<() => void>();
  app.get<{ Querystring: { subjects?: string } }>('/live', async (request, reply) => {
    const wanted = new Set((request.query.subjects ?? '').split(',').filter(Boolean).slice(0, MOST_SUBJECTS));
    const count = open.get(request.ip) ?? 0;
    if (wanted.size === 0 || count >= MOST_AN_ADDRESS) return reply.code(wanted.size === 0 ? 400 : 429).send();
    open.set(request.ip, count + 1);
    const community = await environment.communityBySlug();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 5000\n\n');
    const stop = environment.live.listen(community.id, (subjects) => {
      const hit = subjects.filter(
        (subject) => wanted.has(subject) || (wanted.has('desk') && subject.startsWith('request/')),
      );
      if (hit.length > 0) raw.write(`data: ${JSON.stringify(wanted.has('desk') ? ['desk'] : hit)}\n\n`);
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    const end = () => {
      clearInterval(heartbeat);
      stop();
      endings.delete(end);
      open.set(request.ip, Math.max(0, (open.get(request.ip) ?? 1) - 1));
      raw.end();
    };
    endings.add(end);
    request.raw.once('close', end);
  });
  return () => {
    for (const end of [...endings]) end();
  };
}
