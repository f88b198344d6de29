import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { leaveTracesOfList } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { availableOf, balanceOf } from '../account.ts';
import { donationsBy, peopleOfDonors } from '../donation.store.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { closedMonths, firstMonth } from '../month.store.ts';
import { monthOf, nextMonth } from '../month.ts';
import { spendingsBy } from '../spending.store.ts';
import { isPartyTo } from '../spending.ts';

const LATEST = 30;
const MOST = 200;

/** What waits at the treasurer's desk, readable by the auditor: accounts, spendings that wait, gifts, months to close. */
export const show_desk = query({
  name: 'funds.show_desk',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ before: z.uuid().optional() }),
  async run(ctx, { before }) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    demand(fundPolicy, 'see_desk', relations, { kind: 'ledger', id: ctx.community.id });
    const may = (action: keyof typeof fundPolicy) => allows(fundPolicy, action, relations);
    const me = [ctx.actor.id, principalOf(ctx.actor)];
    const reads_books = may('read_books');
    const waiting = await spendingsBy(ctx, { state: 'waiting', limit: MOST }, true);
    const accounts = reads_books || may('request_spending') ? await accountsBy(ctx, { open: true, limit: 1000 }) : [];
    const donations = reads_books ? await donationsBy(ctx, { before, limit: LATEST }, true) : [];
    const isAnother = (id: string | null): id is string => id !== null && !me.includes(id);
    const shown = [
      ...(await peopleOfDonors(
        ctx,
        donations.map((one) => one.donor_id),
      )),
      ...waiting.map((one) => one.payee_id),
    ].filter(isAnother);
    await leaveTracesOfList(ctx, shown, ['donations'], 'funds.reasons.desk');
    return {
      may: {
        post: may('post'),
        approve: may('approve'),
        close_month: may('close_month'),
        request: may('request_spending'),
      },
      accounts: accounts.map((one) => ({
        ...{ id: one.id, kind: one.kind, names: one.names, currency: one.currency },
        ...(reads_books && { balance_fen: balanceOf(one), available_fen: availableOf(one) }),
      })),
      waiting: waiting.map((one) => ({
        ...one,
        may_decide: may('approve') && !isPartyTo(one, me) && !one.approver_ids.includes(ctx.actor.id),
      })),
      donations,
      next: donations.length === LATEST ? donations.at(-1)!.id : null,
      ...(await months(ctx)),
    };
  },
});

async function months(ctx: Ctx) {
  const closed = await closedMonths(ctx, 12);
  const this_month = monthOf(dateIn(ctx.community.time_zone, ctx.now));
  const next = closed[0] ? nextMonth(closed[0].month) : await firstMonth(ctx);
  return { closed, month_to_close: next && next < this_month ? next.slice(0, 7) : null };
}
