import type { Calendar } from '#engines/answer_clock/index.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';

// A calendar changes a few times a year; a process may count with the old one for this long after a change.
const KEEP_MS = 5_000;
const kept = new Map<string, { at: number; calendar: Calendar }>();

/** The working calendar of the community, kept by the process for a few seconds. */
export async function calendarOf(ctx: Ctx): Promise<Calendar> {
  const id = ctx.community.calendar_id;
  const found = kept.get(id);
  if (found && Date.now() - found.at < KEEP_MS) return found.calendar;
  const calendar = await readCalendar(ctx, id);
  if (!calendar) refuse('calendar_missing', { calendar: id });
  kept.set(id, { at: Date.now(), calendar });
  return calendar;
}

export async function readCalendar(ctx: Ctx, id: string): Promise<Calendar | undefined> {
  const row = await ctx.tx.selectFrom('calendars').select('data').where('id', '=', id).executeTakeFirst();
  return row?.data as Calendar | undefined;
}

/** Writes a calendar; the same for all communities that use it. */
export async function saveCalendar(ctx: Ctx, calendar: Calendar): Promise<void> {
  const row = { version: calendar.version, data: JSON.stringify(calendar), changed_at: ctx.now };
  await ctx.tx
    .insertInto('calendars')
    .values({ id: calendar.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  kept.delete(calendar.id);
}
