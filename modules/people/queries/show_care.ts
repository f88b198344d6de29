import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { carePolicy, careRelations } from '../care.policy.ts';
import { type CareRow, careOf, gridsOf } from '../care.store.ts';
import { careAtDoors, leaveCareTraces, today } from '../care.ts';
import { careKinds, countCareKinds } from '../care_kind.store.ts';
import { leaveTraces } from '../file_read.store.ts';

/** The circumstances of somebody that stand today, with their notes, for whoever each names; never for nothing. */
export const show_care = query({
  name: 'people.show_care',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ person_id: z.uuid(), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, { person_id, reason }) {
    const relations = careRelations(ctx.actor, person_id, await gridsOf(ctx, person_id));
    const mine = relations.has('self') || relations.has('proxy');
    const seen = (await careOf(ctx, person_id)).filter((care) => stands(ctx, care) && maySee(relations, care));
    if (seen.length === 0 && !mine && !allows(carePolicy, 'record_care', relations)) notFound('person', person_id);
    if (!relations.has('self')) await leaveTraces(ctx, [person_id], ['care', 'care_note'], reason);
    return seen;
  },
});

const stands = (ctx: Ctx, care: CareRow) => !care.ended_at && care.expires_on > today(ctx);

function maySee(relations: Set<string>, care: CareRow): boolean {
  const isSeenBy = care.seen_by.some((role) => relations.has(role === 'grid_worker' ? 'worker_there' : role));
  return allows(carePolicy, 'see_care', isSeenBy ? new Set([...relations, 'seen_by']) : relations);
}

/**
 * Doors with the reason they are to be knocked at, as far as the actor may see them; every reason shown is told to whom it
 * is about. Lists that show only a part reckon with `careAtDoors` and tell what they show.
 */
export const list_due_care = query({
  name: 'people.list_due_care',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    grid_ids: z.array(z.uuid()).max(500).optional(),
    household_ids: z.array(z.uuid()).max(5000).optional(),
    kinds: z.array(z.string().max(60)).max(50).optional(),
    reason: z.string().trim().min(2).max(300).default('people.reasons.due_list'),
  }),
  async run(ctx, { reason, ...where }) {
    demand(carePolicy, 'list_due_care', careRelations(ctx.actor, '', []), { kind: 'due_list', id: ctx.community.id });
    const due = await careAtDoors(ctx, where);
    await leaveCareTraces(ctx, due, reason);
    return due;
  },
});

/** The kinds of circumstances this place knows. */
export const list_care_kinds = query({
  name: 'people.list_care_kinds',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => careKinds(ctx),
});

/** How many circumstances of each kind stand today, for whoever renames or removes kinds: nobody is named. */
export const count_care_kinds = query({
  name: 'people.count_care_kinds',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const thing = { kind: 'care_kind', id: ctx.community.id };
    demand(carePolicy, 'count_care_kinds', careRelations(ctx.actor, '', []), thing);
    return countCareKinds(ctx, today(ctx));
  },
});
