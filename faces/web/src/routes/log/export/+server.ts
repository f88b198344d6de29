import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { see } from '#lib/server/act.ts';
import { exportLog, keyOf } from '#modules/log/index.ts';
import { query } from '#platform/query.ts';

/** The whole log as lines of JSON, a batch at a time. */
export async function GET({ locals: { visit } }: RequestEvent) {
  const { verifier } = keyOf(visit.environment, visit.community);
  const read = query({
    name: 'log.export',
    reads: 'nobody',
    input: z.object({}),
    run: async (ctx) => exportLog(ctx, { verifier }),
  });
  const lines = await see(visit, read, {});
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, {
    headers: {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="log.jsonl"',
    },
  });
}
