import { z } from 'zod';
import { leaveTracesOfList } from '#modules/people/index.ts';
import { query } from '#platform/query.ts';
import { membersOf } from '../membership.store.ts';
import { demandForOrganisation } from '../speak_for.ts';

/** The people who are members, by the names they show in public, else masked; for those who speak for it. */
export const list_members = query({
  name: 'groups.list_members',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    organisation_id: z.uuid(),
    after: z.uuid().optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  async run(ctx, { organisation_id, after, limit }) {
    await demandForOrganisation(ctx, 'read_members', organisation_id);
    const rows = await membersOf(ctx, organisation_id, limit + 1, after);
    const members = rows.slice(0, limit);
    const people = members.map((one) => one.person_id);
    await leaveTracesOfList(ctx, people, ['name_masked', 'memberships'], 'people.reasons.listing_members');
    return { members, next: rows.length > limit ? members.at(-1)!.id : null };
  },
});
