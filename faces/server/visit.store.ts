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
