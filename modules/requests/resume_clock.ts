import type { Ctx } from '#platform/context.ts';
import { calendarOf } from './calendar.store.ts';
import type { RequestChanges, RequestRow } from './request.store.ts';
import { dueAfterPause } from './target.ts';

/** The changes that let a stopped clock run again, or none when it was running. */
export async function resumeClock(ctx: Ctx, request: RequestRow): Promise<RequestChanges> {
  const { paused_at } = request;
  if (!paused_at) return {};
  const calendar = await calendarOf(ctx);
  const pauses = request.pauses.map((pause) => (pause.to ? pause : { ...pause, to: ctx.now.toISOString() }));
  return {
    paused_at: null,
    pauses: JSON.stringify(pauses),
    due_at: dueAfterPause(calendar, request.due_at!, paused_at, ctx.now),
    original_due_at: dueAfterPause(calendar, request.original_due_at, paused_at, ctx.now),
  };
}
