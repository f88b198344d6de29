import { type Calendar, dueAt, workingMinutesBetween } from '#engines/answer_clock/index.ts';
import { type Pause, pausesUntil } from './request.ts';

export type Target = { response_due_at: Date; due_at: Date };

/** When somebody has to respond, and when an answer is due, by a category's target times and the pauses so far. */
export function targetOf(
  calendar: Calendar,
  category: { response_hours: number; target_days: number },
  from: Date,
  pauses: Pause[],
  now: Date,
): Target {
  const stopped = pausesUntil(pauses, now);
  return {
    response_due_at: dueAt(calendar, from, { hours: category.response_hours }, stopped).due_at,
    due_at: dueAt(calendar, from, { days: category.target_days }, stopped).due_at,
  };
}

/**
 * The due date after the clock stood still from `paused_at` to `now`: the working minutes that were left when it stopped
 * are left again. A clock that stopped after its due date stays where it was.
 */
export function dueAfterPause(calendar: Calendar, due_at: Date, paused_at: Date, now: Date): Date {
  if (paused_at >= due_at) return due_at;
  const left = workingMinutesBetween(calendar, paused_at, due_at);
  const resumed = dueAt(calendar, now, { hours: left / 60 }).due_at;
  return resumed > due_at ? resumed : due_at;
}
