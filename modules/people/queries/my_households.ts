import { z } from 'zod';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { leaveTracesOfList } from '../file_read.store.ts';
import { householdsOf, membersOf } from '../household.store.ts';

/**
 * The doors I live behind, and who lives there with me by masked names; the others are shown only where staff have
 * seen that I live there, so that nobody learns who is behind a door by saying they are.
 */
export const my_households = query({
  name: 'people.my_households',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const me = ctx.actor.id;
    const doors = await householdsOf(ctx, me);
    const seen = doors.filter((door) => door.verified_at).map((door) => door.household_id);
    const members = await membersOf(ctx, seen);
    const housemates = members.map((one) => one.person_id).filter((id) => id !== me);
    await leaveTracesOfList(ctx, housemates, ['name_masked'], 'people.reasons.own_household');
    const others = (household_id: string) =>
      members.filter((one) => one.household_id === household_id && one.person_id !== me);
    return doors.map((door) => ({ ...door, others: others(door.household_id) }));
  },
});
