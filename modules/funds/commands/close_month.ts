import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { fundPolicy } from '../fund.policy.ts';
import { closedMonths, firstMonth, insertClosedMonth, pendingIn } from '../month.store.ts';
import { monthOf, nextMonth } from '../month.ts';
import { lockMonth } from '../transfer.store.ts';

/** Closes a month for ever: after it is over, in order, and when nothing in it is still held back. */
export const close_month = command({
  name: 'funds.close_month',
  input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
  async run(ctx, input) {
    demand(fundPolicy, 'close_month', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const month = `${input.month}-01`;
    await lockMonth(ctx, month);
    if (month >= monthOf(dateIn(ctx.community.time_zone, ctx.now))) refuse('month_not_over', {}, { field: 'month' });
    const [last] = await closedMonths(ctx, 1);
    const next = last ? nextMonth(last.month) : ((await firstMonth(ctx)) ?? month);
    if (month !== next) refuse('month_out_of_order', { month: next.slice(0, 7) }, { field: 'month' });
    const waiting = await pendingIn(ctx, month);
    if (waiting > 0) refuse('month_has_pending', { count: waiting }, { field: 'month' });
    const counts = await insertClosedMonth(ctx, month);
    record(ctx, 'month.closed', { kind: 'community', id: ctx.community.id }, { month, ...counts });
    return { month: input.month, ...counts };
  },
});
