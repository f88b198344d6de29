import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { show_upload } from '#modules/visits/index.ts';
import { sha256 } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { ask } from '#platform/query.ts';
import { keepUpload } from './keep_upload.ts';
import { SYNC_LIMIT, signedIn } from './sync_session.ts';
import type { Visit } from './visit.ts';

const LARGEST_BYTES = 20 * 1024 * 1024;
const LARGEST_PART = 1024 * 1024;

type Kind = 'photo' | 'voice';
type Sent = { hash: string; kind: Kind; length: number; offset: number };

/**
 * Files of visits in parts, by the hash of the whole (SHA-256): a part names the offset it begins at, and is written there,
 * so that sending it twice changes nothing. A part that does not join on is refused with the offset that does (409). When
 * all has arrived the hash is checked, a photo is drawn anew without metadata, and the answer names the file.
 */
export async function serveUploads(app: FastifyInstance, environment: Environment): Promise<void> {
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: LARGEST_PART },
    (_request, body, done) => done(null, body),
  );

  app.head<{ Params: { hash: string } }>('/sync/uploads/:hash', { config: SYNC_LIMIT }, async (request, reply) => {
    const visit = await signedIn(environment, request, reply);
    if (!visit) return reply;
    if (!/^[0-9a-f]{64}$/.test(request.params.hash)) return reply.code(404).send();
    const known = await ask(environment, callerOf(visit), show_upload, { source_hash: request.params.hash });
    const offset = known?.file_hash ? known.byte_count : await arrived(pathOf(environment, visit, request.params.hash));
    return reply.header('upload-offset', offset).header('cache-control', 'no-store').code(204).send();
  });

  app.patch<{ Params: { hash: string }; Body: Buffer }>(
    '/sync/uploads/:hash',
    { config: SYNC_LIMIT },
    async (request, reply) => {
      const visit = await signedIn(environment, request, reply);
      if (!visit) return reply;
      const sent = sentPart(request);
      if (!sent || !Buffer.isBuffer(request.body)) return reply.code(400).send({ code: 'upload_wrong' });
      const known = await ask(environment, callerOf(visit), show_upload, { source_hash: sent.hash });
      if (known?.file_hash) return { offset: known.byte_count, file_hash: known.file_hash };
      const path = pathOf(environment, visit, sent.hash);
      const offset = await arrived(path);
      if (sent.offset > offset)
        return reply.code(409).header('upload-offset', offset).send({ code: 'upload_gap', offset });
      const whole = await writePart(path, sent.offset, request.body, sent.length);
      if (whole < sent.length) return reply.header('upload-offset', whole).send({ offset: whole });
      return finish(environment, visit, sent, path);
    },
  );
}

function sentPart(request: FastifyRequest<{ Params: { hash: string } }>): Sent | undefined {
  const number = (name: string) => Number(request.headers[name]);
  const [length, offset] = [number('upload-length'), number('upload-offset')];
  const kind = request.headers['upload-kind'];
  const { hash } = request.params;
  const isSound =
    Number.isInteger(length) &&
    length > 0 &&
    length <= LARGEST_BYTES &&
    Number.isInteger(offset) &&
    offset >= 0 &&
    offset <= length;
  if (!/^[0-9a-f]{64}$/.test(hash) || !isSound || (kind !== 'photo' && kind !== 'voice')) return undefined;
  return { hash, kind, length, offset };
}

/** Parts lie by their owner, so that nobody adds to another's file. */
function pathOf(environment: Environment, visit: Visit, hash: string): string {
  return join(environment.data_dir, 'uploads', visit.community.id, visit.person!.id, hash);
}

async function arrived(path: string): Promise<number> {
  return stat(path).then(
    (file) => file.size,
    () => 0,
  );
}

async function writePart(path: string, offset: number, part: Buffer, length: number): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, offset === 0 ? 'a+' : 'r+', 0o600).then(async (opened) => {
    // Opened for appending, a file ignores where it is written to; opened anew it does not.
    await opened.close();
    return open(path, 'r+');
  });
  try {
    await file.write(part.subarray(0, length - offset), 0, undefined, offset);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function finish(environment: Environment, visit: Visit, sent: Sent, path: string) {
  const bytes = await readFile(path);
  if (sha256(bytes).toString('hex') !== sent.hash) {
    await rm(path, { force: true });
    return { offset: 0, code: 'upload_broken' };
  }
  const answer = await keepUpload(environment, visit, sent.kind, bytes);
  await rm(path, { force: true });
  return { offset: sent.length, ...answer };
}

function callerOf(visit: Visit) {
  return { actor: visit.actor, community: visit.community, via: 'phone' };
}
