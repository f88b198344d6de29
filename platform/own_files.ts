import { principalOf } from './actor.ts';
import type { Ctx } from './context.ts';
import { refuse } from './refusal.ts';

/** Uploaded files by their hashes, each once. Refuses unless the actor, or whoever they act for, uploaded every one. */
export async function demandOwnFiles(ctx: Ctx, hashes: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return [];
  const found = await ctx.tx
    .selectFrom('files')
    .select('hash')
    .where('community_id', '=', ctx.community.id)
    .where('hash', 'in', wanted)
    .where('uploaded_by_id', 'in', [ctx.actor.id, principalOf(ctx.actor)])
    .execute();
  if (found.length < wanted.length) refuse('photo_unknown', {}, { field: 'photos' });
  return wanted;
}
