import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';

export async function maskedNameOf(environment: Environment, community: Community, person_id: string): Promise<string> {
  const row = await environment.database
    .of(community.id)
    .selectFrom('people')
    .select(['name_masked', 'public_name'])
    .where('community_id', '=', community.id)
    .where('id', '=', person_id)
    .executeTakeFirst();
  return row?.public_name ?? row?.name_masked ?? '';
}

/** Writes down a file that was stored; the same bytes again change nothing. */
export async function saveFile(
  environment: Environment,
  community: Community,
  file: {
    hash: string;
    media_type: string;
    byte_count: number;
    width: number | null;
    height: number | null;
    uploaded_by_id: string;
  },
): Promise<void> {
  await environment.database
    .of(community.id)
    .insertInto('files')
    .values({ ...file, community_id: community.id, uploaded_at: environment.clock() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function fileOf(environment: Environment, community: Community, hash: string) {
  return environment.database
    .of(community.id)
    .selectFrom('files')
    .select(['hash', 'media_type', 'uploaded_by_id'])
    .where('community_id', '=', community.id)
    .where('hash', '=', hash)
    .executeTakeFirst();
}
