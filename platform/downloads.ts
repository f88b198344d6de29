import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { command } from './command.ts';
import type { Community, Ctx } from './context.ts';
import { openBytes, seal } from './crypto.ts';
import type { DB } from './db.generated.ts';
import type { Environment } from './environment.ts';
import { notFound } from './refusal.ts';

/**
 * Files that take a while to make: a job makes them and says how far it is, they are kept sealed in parts of the database
 * (so that any web process can give them out), and are gone after a date.
 */
export type Download = {
  id: string;
  kind: string;
  subject_id: string;
  file_name: string;
  media_type: string;
  asked_by_id: string;
  asked_at: Date;
  total: number;
  done: number;
  state: 'waiting' | 'ready' | 'failed';
  part_count: number;
  expires_at: Date;
};

const COLUMNS = [
  'id',
  'kind',
  'subject_id',
  'file_name',
  'media_type',
  'asked_by_id',
  'asked_at',
  'total',
  'done',
  'state',
  'part_count',
  'expires_at',
] as const;

const placeOf = (id: string, part: number) => `download_parts/bytes/${id}/${part}`;

/** Asks for a file; the caller enqueues the job that makes it. */
export async function insertDownload(
  ctx: Ctx,
  download: Pick<Download, 'id' | 'kind' | 'subject_id' | 'file_name' | 'media_type' | 'total' | 'expires_at'>,
): Promise<void> {
  await ctx.tx
    .insertInto('downloads')
    .values({
      ...download,
      community_id: ctx.community.id,
      asked_by_id: ctx.actor.id,
      asked_at: ctx.now,
      state: 'waiting',
    })
    .execute();
}

/** The files of a kind about something that have not expired, newest first. */
export async function downloadsOf(ctx: Ctx, kind: string, subject_id: string): Promise<Download[]> {
  return ctx.tx
    .selectFrom('downloads')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('kind', '=', kind)
    .where('subject_id', '=', subject_id)
    .where('expires_at', '>', ctx.now)
    .orderBy('id', 'desc')
    .limit(20)
    .execute() as Promise<Download[]>;
}

export async function findDownload(ctx: Ctx, id: string): Promise<Download | undefined> {
  return ctx.tx
    .selectFrom('downloads')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst() as Promise<Download | undefined>;
}

/** What a job writes with: parts in their order, how far it is, and the end. Beginning again forgets earlier parts. */
export async function beginDownload(environment: Environment, community: Community, id: string) {
  const db = environment.database.of(community.id);
  await db
    .deleteFrom('download_parts')
    .where('community_id', '=', community.id)
    .where('download_id', '=', id)
    .execute();
  let part_count = 0;
  return {
    async write(bytes: Uint8Array): Promise<void> {
      const part = part_count++;
      const bytes_sealed = seal(environment.keys, placeOf(id, part), bytes);
      await db
        .insertInto('download_parts')
        .values({ community_id: community.id, download_id: id, part, bytes_sealed })
        .execute();
    },
    progress: (done: number) => change(db, community, id, { done }),
    end: (done: number) => change(db, community, id, { done, state: 'ready', part_count }),
    fail: () => change(db, community, id, { state: 'failed' }),
  };
}

async function change(
  db: Kysely<DB>,
  community: Community,
  id: string,
  to: { done?: number; state?: string; part_count?: number },
): Promise<void> {
  await db.updateTable('downloads').set(to).where('community_id', '=', community.id).where('id', '=', id).execute();
}

/** The bytes of a file that is ready, part by part, so that none is ever whole in memory. */
export async function* readDownload(
  environment: Environment,
  community: Community,
  { id, part_count }: Pick<Download, 'id' | 'part_count'>,
): AsyncGenerator<Buffer> {
  for (let part = 0; part < part_count; part++) {
    const row = await environment.database
      .of(community.id)
      .selectFrom('download_parts')
      .select('bytes_sealed')
      .where('community_id', '=', community.id)
      .where('download_id', '=', id)
      .where('part', '=', part)
      .executeTakeFirstOrThrow();
    yield openBytes(environment.keys, placeOf(id, part), row.bytes_sealed);
  }
}

/** Takes away what has expired; answers how many files. */
export const drop_downloads = command({
  name: 'platform.drop_downloads',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'system') notFound('downloads', ctx.community.id);
    const { rows } = await sql<{ id: string }>`
      with gone as (delete from downloads where community_id = ${ctx.community.id} and expires_at <= ${ctx.now} returning id),
        parts as (delete from download_parts where community_id = ${ctx.community.id} and download_id in (select id from gone))
      select id from gone`.execute(ctx.tx);
    return { dropped: rows.length };
  },
});
