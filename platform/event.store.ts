import type { Community } from './context.ts';
import type { Environment } from './environment.ts';
import type { Event } from './event.ts';

/** One fact of the journal by its id. */
export async function eventById(
  environment: Environment,
  community: Community,
  id: string,
): Promise<Event | undefined> {
  const row = await environment.database
    .of(community.id)
    .selectFrom('events')
    .selectAll()
    .where('community_id', '=', community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as Event | undefined;
}
