import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Upload = {
  source_hash: string;
  kind: 'photo' | 'voice';
  byte_count: number;
  file_hash: string | null;
  refused_as: string | null;
};

/** A file that somebody sends in parts, as far as it is known. */
export async function uploadOf(ctx: Ctx, source_hash: string): Promise<Upload | undefined> {
  const row = await ctx.tx
    .selectFrom('uploads')
    .select(['source_hash', 'kind', 'byte_count', 'file_hash', 'refused_as'])
    .where('community_id', '=', ctx.community.id)
    .where('source_hash', '=', source_hash)
    .where('uploaded_by_id', '=', ctx.actor.id)
    .executeTakeFirst();
  return row as Upload | undefined;
}

/** Writes down what became of an upload; what was finished stays as it is. */
export async function saveUpload(ctx: Ctx, upload: Upload): Promise<void> {
  const finished_at = upload.file_hash || upload.refused_as ? ctx.now : null;
  await ctx.tx
    .insertInto('uploads')
    .values({ ...upload, community_id: ctx.community.id, uploaded_by_id: ctx.actor.id, begun_at: ctx.now, finished_at })
    .onConflict((conflict) =>
      conflict
        .columns(['community_id', 'source_hash', 'uploaded_by_id'])
        .doUpdateSet({ file_hash: upload.file_hash, refused_as: upload.refused_as, finished_at })
        .where('uploads.file_hash', 'is', null),
    )
    .execute();
}

/** Visits that a stored file belongs to, with who recorded them and where. */
export async function visitsWithFile(ctx: Ctx, file_hash: string) {
  const { rows } = await sql<{ worker_id: string; grid_id: string | null; door_worker_id: string | null }>`
    select v.worker_id, v.grid_id, t.worker_id as door_worker_id
    from uploads u
      join visit_files f on f.community_id = u.community_id and f.source_hash = u.source_hash
      join visits v on v.community_id = f.community_id and v.id = f.visit_id and v.worker_id = u.uploaded_by_id
      left join door_terms t on t.community_id = v.community_id and t.household_id = v.household_id and t.ended_at is null
    where u.community_id = ${ctx.community.id} and u.file_hash = ${file_hash} limit 20`.execute(ctx.tx);
  return rows;
}
