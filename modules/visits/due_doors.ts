import { careAtDoors } from '#modules/people/index.ts';
import { addDays, DAY_MS, dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { type Candidate, candidatesOf, comeAgain, movedIn, type Scope, toldFrom } from './due.store.ts';
import { type Cause, type Due, dueOf } from './due.ts';
import { occasionsOf } from './occasion.store.ts';
import { MOVED_IN, NEW_FOR_DAYS, type Occasion, occasionOfCare, TOLD_FOR_DAYS } from './occasion.ts';

/** Why a door is due: the occasion, the reason beside it and the date. */
export type DueCause = Due & { occasion: string; reason: string };

/** A door that is due, with its most urgent cause first. */
export type DueDoor = Omit<Candidate, 'occasion' | 'reason' | 'since_on' | 'knocks'> & {
  causes: DueCause[];
  late_days: number;
};

/** An agreed day to come again that nobody kept is a reason for so long. */
const AGREED_FOR_DAYS = 30;

/**
 * Every door that is due today in a scope, the most urgent first: from circumstances that have not expired, households
 * that moved in, what was told from a door, and what was agreed at one. A door is there once, with all its causes. Doors
 * that asked not to be knocked at are marked, for somebody to ring them up.
 */
export async function dueDoors(ctx: Ctx, scope: Scope): Promise<DueDoor[]> {
  const occasions = await occasionsOf(ctx);
  const byCode = new Map(occasions.map((one) => [one.code, one]));
  const today = dateIn(ctx.community.time_zone, ctx.now);
  const causes = await causesOf(ctx, occasions, today, 'household_id' in scope ? scope.household_id : null);
  const candidates = await candidatesOf(
    ctx,
    causes.filter((cause) => byCode.has(cause.occasion)),
    scope,
  );
  return gather(candidates, byCode, today);
}

/** Why doors may be due: anywhere, or at one. */
async function causesOf(
  ctx: Ctx,
  occasions: readonly Occasion[],
  today: string,
  door: string | null,
): Promise<Cause[]> {
  const before = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
  const byCategory = new Map(occasions.flatMap((one) => one.categories.map((code) => [code, one.code] as const)));
  const moved = await movedIn(ctx, before(NEW_FOR_DAYS), MOVED_IN, door);
  const told = await toldFrom(ctx, before(TOLD_FOR_DAYS), byCategory, door);
  const agreed = await comeAgain(ctx, addDays(today, -AGREED_FOR_DAYS), door);
  const where = door ? { household_ids: [door] } : {};
  const care = (await careAtDoors(ctx, where)).flatMap(({ household_id, kind, started_on }): Cause[] => {
    const occasion = occasionOfCare(occasions, kind);
    return occasion ? [{ household_id, occasion: occasion.code, reason: kind, since_on: started_on }] : [];
  });
  return [...care, ...moved, ...told, ...agreed];
}

/** One door once, with its causes by urgency; pure. */
export function gather(candidates: readonly Candidate[], occasions: Map<string, Occasion>, today: string): DueDoor[] {
  const doors = new Map<string, DueDoor>();
  for (const { occasion, reason, since_on, knocks, ...place } of candidates) {
    const due = dueOf(occasions.get(occasion)!, since_on, knocks, today);
    if (!due) continue;
    const door = doors.get(place.household_id) ?? { ...place, causes: [], late_days: due.late_days };
    const same = door.causes.find((cause) => cause.occasion === occasion);
    // The same occasion for two reasons is one knock: the earlier date counts.
    if (same && same.due_on <= due.due_on) continue;
    door.causes = [...door.causes.filter((cause) => cause !== same), { ...due, occasion, reason }].sort(byUrgency);
    door.late_days = door.causes[0]!.late_days;
    doors.set(place.household_id, door);
  }
  return [...doors.values()].sort((a, b) => b.late_days - a.late_days || (a.household_id < b.household_id ? -1 : 1));
}

const byUrgency = (a: DueCause, b: DueCause) => b.late_days - a.late_days || (a.occasion < b.occasion ? -1 : 1);
