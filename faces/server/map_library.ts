import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { REPOSITORY } from '#platform/config.ts';

const FOLDER = join(REPOSITORY, 'node_modules', 'maplibre-gl', 'dist');
const FILES: Record<string, string> = {
  'maplibre-gl.mjs': 'text/javascript; charset=utf-8',
  'maplibre-gl-worker.mjs': 'text/javascript; charset=utf-8',
  'maplibre-gl.css': 'text/css; charset=utf-8',
};
const KEPT_SECONDS = 86_400;
const pack = promisify(gzip);

/** GET /map-library/FILE: MapLibre as it is installed, for the one page that draws on a map. Nothing comes from another host. */
export function serveMapLibrary(app: FastifyInstance): void {
  const packed = new Map<string, Promise<Buffer>>();
  app.get<{ Params: { file: string } }>('/map-library/:file', async (request, reply) => {
    const { file } = request.params;
    const type = FILES[file];
    if (!type) return reply.callNotFound();
    const bytes = packed.get(file) ?? readFile(join(FOLDER, file)).then((text) => pack(text));
    packed.set(file, bytes);
    return reply
      .header('content-type', type)
      .header('cache-control', `public, max-age=${KEPT_SECONDS}`)
      .header('content-encoding', 'gzip')
      .send(await bytes);
  });
}
