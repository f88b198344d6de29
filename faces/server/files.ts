import type { FastifyInstance } from 'fastify';
import { may_see_paper } from '#modules/council/index.ts';
import { may_see_speech_photo } from '#modules/forum/index.ts';
import { may_see_receipt_photo } from '#modules/funds/index.ts';
import { may_see_evidence } from '#modules/projects/index.ts';
import { may_see_photo } from '#modules/requests/index.ts';
import { may_see_visit_file } from '#modules/visits/index.ts';
import { isStaff } from '#platform/actor.ts';
import type { Environment } from '#platform/environment.ts';
import { fileOf } from '#platform/file.store.ts';
import { ask } from '#platform/query.ts';
import { byteRange } from './byte_range.ts';
import { makeVisit } from './make_visit.ts';

/** GET /files/HASH and /files/HASH/thumb, for whoever may see a request, a visit, a speech, a paper or a project that shows it. */
export function serveFiles(app: FastifyInstance, environment: Environment): void {
  for (const suffix of ['', '/thumb']) {
    app.get<{ Params: { hash: string }; Querystring: { code?: string } }>(
      `/files/:hash${suffix}`,
      async (request, reply) => {
        const { hash } = request.params;
        if (!/^[0-9a-f]{64}$/.test(hash)) return reply.callNotFound();
        const visit = await makeVisit(environment, request);
        const caller = { actor: visit.actor, community: visit.community, via: 'page' };
        const file = await fileOf(environment, visit.community, hash, visit.actor.id);
        const isOwn = visit.actor.kind === 'person' && file?.is_own;
        const maySee =
          file &&
          (isOwn ||
            (await ask(environment, caller, may_see_photo, { hash, follow_code: request.query.code })) ||
            (await ask(environment, caller, may_see_visit_file, { hash })) ||
            (await ask(environment, caller, may_see_speech_photo, { hash })) ||
            (await ask(environment, caller, may_see_evidence, { hash })) ||
            (await ask(environment, caller, may_see_receipt_photo, { hash })) ||
            (await ask(environment, caller, may_see_paper, { hash })));
        if (!maySee) return reply.callNotFound();
        if (suffix && !file.media_type.startsWith('image/')) return reply.callNotFound();
        const bytes = await environment.files.get(suffix ? `${hash}-thumb` : hash);
        // A PDF is taken home, never opened within our pages.
        if (file.media_type === 'application/pdf') reply.header('content-disposition', 'attachment');
        reply
          .header('content-type', file.media_type)
          .header('cache-control', isStaff(visit.actor) ? 'private, no-store' : 'private, max-age=3600')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('accept-ranges', 'bytes');
        // Safari plays no sound of a server that gives no parts.
        const part = byteRange(request.headers.range, bytes.length);
        if (part === undefined) return reply.send(bytes);
        if (part === null) return reply.code(416).header('content-range', `bytes */${bytes.length}`).send();
        return reply
          .code(206)
          .header('content-range', `bytes ${part.from}-${part.to}/${bytes.length}`)
          .send(bytes.subarray(part.from, part.to + 1));
      },
    );
  }
}
