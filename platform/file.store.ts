import { sql } from 'kysely';
import { type Actor, principalOf } from './actor.ts';
import type { Community, Ctx } from './context.ts';
import type { Environment } from './environment.ts';
import { idFrom } from './ids.ts';
import { refuse } from './refusal.ts';

/** A file whose bytes are in the file store (files.ts), and who brought them. */
export type BroughtFile = {
  hash: string;
  media_type: string;
  byte_count: number;
  width: number | null;
  height: number | null;
  uploaded_by_id: string;
};

/**
 * Whom a file belongs to that is brought with a form: the person who sends it. A visitor has no name of their own, so theirs
 * belongs to the form.
 */
export function uploaderOf(actor: Actor, community: Community, command_id: string): string {
  return actor.kind === 'visitor' ? formOf(community, command_id) : actor.id;
}

/** A form by the id that its command will have, which only its sender knows; made anew, so that none passes for a person. */
const formOf = (community: Community, command_id: string) => idFrom(community.id, 'brought_with', command_id);

/** Writes down that somebody brought a file. The same bytes by somebody else are theirs too; by the same person, nothing new. */
export async function saveFile(environment: Environment, community: Community, file: BroughtFile): Promise<void> {
  await sql`
    with kept as (
      insert into files (community_id, hash, media_type, byte_count, width, height)
      values (${community.id}, ${file.hash}, ${file.media_type}, ${file.byte_count}, ${file.width}, ${file.height})
      on conflict do nothing
    )
    insert into file_uploaders (community_id, file_hash, uploaded_by_id, uploaded_at)
    values (${community.id}, ${file.hash}, ${file.uploaded_by_id}, ${environment.clock()}) on conflict do nothing`.execute(
    environment.database.of(community.id),
  );
}

/** What kind of file it is, and whether a person brought it; undefined when nobody did. */
export async function fileOf(environment: Environment, community: Community, hash: string, person_id: string) {
  const { rows } = await sql<{ media_type: string; is_own: boolean }>`
    select f.media_type, exists (select from file_uploaders u
      where u.community_id = f.community_id and u.file_hash = f.hash and u.uploaded_by_id = ${person_id}) as is_own
    from files f where f.community_id = ${community.id} and f.hash = ${hash}`.execute(
    environment.database.of(community.id),
  );
  return rows[0];
}

/**
 * Whether the actor, or whoever they act for, brought every one of these files, or a visitor did with this very form; with
 * `media`, whether all are of a media type that begins with it too.
 */
export async function areOwnFiles(ctx: Ctx, hashes: readonly string[], media = ''): Promise<boolean> {
  const wanted = new Set(hashes);
  if (wanted.size === 0) return true;
  const { actor, community, command_id } = ctx;
  const named = actor.kind === 'visitor' ? [] : [actor.id, principalOf(actor)];
  const found = await ctx.tx
    .selectFrom('file_uploaders as u')
    .innerJoin('files as f', (join) =>
      join.onRef('f.community_id', '=', 'u.community_id').onRef('f.hash', '=', 'u.file_hash'),
    )
    .select('u.file_hash')
    .distinct()
    .where('u.community_id', '=', community.id)
    .where('u.file_hash', 'in', [...wanted])
    .where('u.uploaded_by_id', 'in', [formOf(community, command_id), ...named])
    .where('f.media_type', 'like', `${media}%`)
    .execute();
  return found.length === wanted.size;
}

/** Photos by their hashes, each once. Refuses `photo_unknown` unless all are own files and pictures. */
export const demandOwnPhotos = (ctx: Ctx, hashes: readonly string[]): Promise<string[]> =>
  demandOwnFiles(ctx, hashes, 'image/');

/** As `demandOwnPhotos`, of files of every kind, or of those whose media type begins with `media`. */
export async function demandOwnFiles(ctx: Ctx, hashes: readonly string[], media = ''): Promise<string[]> {
  if (!(await areOwnFiles(ctx, hashes, media))) refuse('photo_unknown', {}, { field: 'photos' });
  return [...new Set(hashes)];
}
