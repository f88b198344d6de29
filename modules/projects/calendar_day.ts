import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';

/** A day of the calendar, as 2026-12-31. */
export const calendarDay = z.iso.date();

/** Today in the neighbourhood. */
export const dayOf = (ctx: Pick<Ctx, 'now' | 'community'>): string =>
  new Intl.DateTimeFormat('sv', { timeZone: ctx.community.time_zone, dateStyle: 'short' }).format(ctx.now);
