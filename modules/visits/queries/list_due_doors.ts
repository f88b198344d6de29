import { z } from 'zod';
import { leaveTracesOfList, membersOf } from '#modules/people/index.ts';
import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { gridsWorkedIn } from '../door.store.ts';
import { type DueDoor, dueDoors } from '../due_doors.ts';
import { occasionsOf } from '../occasion.store.ts';
import { onRounds } from '../round.store.ts';
import { visitPolicy } from '../visit.policy.ts';

const PAGE = 40;

export type ShownDueDoor = DueDoor & { on_round: boolean };

/**
 * The doors that are due for a worker, or in a grid, with the reason beside each, the most urgent first. Everybody behind
 * a door that is shown can read that its circumstances were looked at.
 */
export const list_due_doors = query({
  name: 'visits.list_due_doors',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    worker_id: z.uuid().optional(),
    grid_id: z.uuid().optional(),
    occasion: z.string().max(40).optional(),
    words: z.string().trim().max(60).optional(),
    after: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, input) {
    const found = await dueDoors(ctx, await scopeOf(ctx, input));
    const all = found.filter((door) => fits(door, input));
    const page = all.slice(input.after, input.after + input.limit);
    const shown = page.map((door) => door.household_id);
    await traceDoors(ctx, shown, 'people.reasons.due_list');
    const taken = await onRounds(ctx, shown, dateIn(ctx.community.time_zone, ctx.now));
    return {
      doors: page.map((door): ShownDueDoor => ({ ...door, on_round: taken.has(door.household_id) })),
      total: all.length,
      late: all.filter((door) => door.late_days > 0).length,
      no_knock: all.filter((door) => door.no_knock).length,
      by_grid: countByGrid(found),
      by_occasion: countBy(found.flatMap((door) => door.causes.map((cause) => cause.occasion))),
      occasions: (await occasionsOf(ctx)).map(({ code, names }) => ({ code, names })),
      next: input.after + input.limit < all.length ? input.after + input.limit : null,
    };
  },
});

type Wanted = { worker_id?: string; grid_id?: string; occasion?: string; words?: string };

/** One's own doors; staff who see the whole neighbourhood may ask for those of a worker or a grid. */
async function scopeOf(ctx: Ctx, { worker_id, grid_id }: Wanted) {
  const relations = generalRelations(ctx.actor);
  demand(visitPolicy, 'see_due', relations, { kind: 'household', id: ctx.community.id });
  const mine = await gridsWorkedIn(ctx, ctx.actor.id);
  const everywhere = allows(visitPolicy, 'plan_for_others', relations);
  if (worker_id && worker_id !== ctx.actor.id) {
    if (!everywhere) notFound('person', worker_id);
    return { grid_ids: await gridsWorkedIn(ctx, worker_id), worker_id };
  }
  if (grid_id) {
    if (!everywhere && !mine.includes(grid_id)) notFound('grid', grid_id);
    return { grid_ids: [grid_id] };
  }
  return everywhere && mine.length === 0 ? { grid_ids: null } : { grid_ids: mine, worker_id: ctx.actor.id };
}

function fits(door: DueDoor, { occasion, words }: Wanted): boolean {
  if (occasion && !door.causes.some((cause) => cause.occasion === occasion)) return false;
  if (!words) return true;
  const address = `${Object.values(door.building_names).join(' ')} ${door.unit}-${door.door}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => address.includes(word));
}

/** Doors due in each grid, and how many of them are late; doors on ground that is no grid's are under an empty id. */
function countByGrid(doors: readonly DueDoor[]): Record<string, { due: number; late: number }> {
  const counts: Record<string, { due: number; late: number }> = {};
  for (const { grid_id, late_days } of doors) {
    const { due, late } = counts[grid_id ?? ''] ?? { due: 0, late: 0 };
    counts[grid_id ?? ''] = { due: due + 1, late: late + (late_days > 0 ? 1 : 0) };
  }
  return counts;
}

function countBy(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** Leaves a trace with everybody behind some doors; the same list within the hour is told once. No trace, no answer. */
export async function traceDoors(
  ctx: Ctx,
  household_ids: string[],
  reason: string,
  fields = ['doors', 'care'],
): Promise<void> {
  const members = await membersOf(ctx, household_ids);
  const people = members.map((member) => member.person_id);
  await leaveTracesOfList(ctx, people, fields, reason);
}
