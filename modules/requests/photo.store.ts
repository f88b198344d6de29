import type { Ctx } from '#platform/context.ts';
import { demandOwnPhotos } from '#platform/file.store.ts';

export type Photo = { file_hash: string; moment: 'before' | 'after'; is_public: boolean; hidden: boolean };

/** Puts uploaded photos on a request. Only what the same person uploaded, or a visitor with the same form, can be used. */
export async function addPhotos(
  ctx: Ctx,
  request_id: string,
  hashes: string[],
  moment: 'before' | 'after',
  is_public: boolean,
) {
  const wanted = await demandOwnPhotos(ctx, hashes);
  if (wanted.length === 0) return;
  await ctx.tx
    .insertInto('request_photos')
    .values(
      wanted.map((file_hash) => ({
        community_id: ctx.community.id,
        request_id,
        file_hash,
        moment,
        is_public,
        added_at: ctx.now,
        added_by_id: ctx.actor.id,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function photosOf(ctx: Ctx, requestId: string): Promise<Photo[]> {
  const rows = await ctx.tx
    .selectFrom('request_photos')
    .select(['file_hash', 'moment', 'is_public', 'hidden_at'])
    .where('community_id', '=', ctx.community.id)
    .where('request_id', '=', requestId)
    .orderBy('added_at')
    .orderBy('file_hash')
    .execute();
  return rows.map(({ hidden_at, ...photo }) => ({
    ...photo,
    moment: photo.moment as Photo['moment'],
    hidden: hidden_at !== null,
  }));
}

/** The requests a photo is on: who may see one of them may see it. */
export async function requestsWithPhoto(ctx: Ctx, hash: string) {
  return ctx.tx
    .selectFrom('request_photos')
    .select(['request_id', 'is_public', 'hidden_at'])
    .where('community_id', '=', ctx.community.id)
    .where('file_hash', '=', hash)
    .limit(20)
    .execute();
}

export async function hidePhotos(ctx: Ctx, requestId: string, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  await ctx.tx
    .updateTable('request_photos')
    .set({ hidden_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('request_id', '=', requestId)
    .where('file_hash', 'in', hashes)
    .execute();
}
