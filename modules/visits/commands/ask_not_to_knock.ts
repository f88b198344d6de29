import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { endWish, insertWish, livesThere } from '../door.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { doorById, lockDoor } from '../visit.store.ts';

/** Whoever may say it of a door: a member of the household whose home staff have seen, or staff who were told. */
async function openDoor(ctx: Ctx, household_id: string) {
  const door = await doorById(ctx, household_id);
  const relations = doorRelations(ctx.actor, door);
  const me = ctx.actor.on_behalf_of_id && !isStaff(ctx.actor) ? ctx.actor.on_behalf_of_id : ctx.actor.id;
  if (ctx.actor.kind === 'person' && (await livesThere(ctx, household_id, me))) relations.add('household');
  demand(visitPolicy, 'record_wish', relations, { kind: 'household', id: household_id });
  await lockDoor(ctx, household_id);
  return door;
}

const minute = z.number().int().min(0).max(1440).optional();

/** A household asks not to be knocked at, or only between certain hours. The newest wish stands; the one before ends. */
export const ask_not_to_knock = command({
  name: 'visits.ask_not_to_knock',
  input: z.object({
    household_id: z.uuid(),
    wish: z.enum(['no_knock', 'only_between']),
    from_minute: minute,
    until_minute: minute,
  }),
  async run(ctx, { household_id, wish, from_minute, until_minute }) {
    if (wish === 'only_between' && !(from_minute! < until_minute!))
      refuse('hours_wrong', {}, { field: 'until_minute' });
    await openDoor(ctx, household_id);
    await endWish(ctx, household_id);
    const id = ctx.newId<'knock_wish'>();
    await insertWish(ctx, { id, household_id, wish, ...(wish === 'only_between' && { from_minute, until_minute }) });
    record(ctx, 'household.knock_wish_made', { kind: 'household', id: household_id }, { wish });
    return { id };
  },
});

/** The household may be knocked at again. */
export const allow_knocks = command({
  name: 'visits.allow_knocks',
  input: z.object({ household_id: z.uuid() }),
  async run(ctx, { household_id }) {
    await openDoor(ctx, household_id);
    if (!(await endWish(ctx, household_id))) notFound('knock_wish', household_id);
    record(ctx, 'household.knock_wish_ended', { kind: 'household', id: household_id });
    return { household_id };
  },
});
