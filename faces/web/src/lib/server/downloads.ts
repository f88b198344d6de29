import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { type Download, readDownload } from '#platform/downloads.ts';

/** A file that a job has made, part by part; 404 when there is none, or it is not ready or expired. */
export function sendDownload(visit: Visit, download: Download | undefined): Response {
  if (download?.state !== 'ready') error(404, 'not_found');
  const body = Readable.toWeb(Readable.from(readDownload(visit.environment, visit.community, download)));
  return new Response(body as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': download.media_type,
      'content-disposition': `attachment; filename="${download.file_name}"`,
      'cache-control': 'no-store',
    },
  });
}
