import { z } from 'zod';
import { addDays, dateIn } from '#platform/clock.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { accountsBy, findAccount } from '../account.store.ts';
import { balanceOf } from '../account.ts';
import { fundPolicy } from '../fund.policy.ts';
import { type Family, familyBalance, givenTotals, periodTotals } from '../period_total.store.ts';

const days = { from_on: z.iso.date(), until_on: z.iso.date() };

/**
 * A fund or a project between two days: what was there, what came in and from what, what went out and for what, what was left.
 * The same for everybody; what is not paid yet is not in it.
 */
export const show_period_statement = query({
  name: 'funds.show_period_statement',
  reads: 'nobody',
  input: z.object({ fund_id: z.uuid().optional(), project_id: z.uuid().optional(), ...days }),
  async run(ctx, { fund_id, project_id, from_on, until_on }) {
    demand(fundPolicy, 'read_public', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    if (until_on < from_on) refuse('ends_before_start', {}, { field: 'until_on' });
    const family: Family = fund_id
      ? { fund_id }
      : { project_id: project_id ?? refuse('required', {}, { field: 'fund_id' }) };
    const lines = await accountsBy(ctx, { ...family, kind: 'budget_line', limit: 200 });
    const fund = fund_id ? await findAccount(ctx, fund_id) : undefined;
    if (fund_id ? fund?.kind !== 'fund' : lines.length === 0) notFound('account', fund_id ?? project_id ?? '');
    const today = dateIn(ctx.community.time_zone, ctx.now);
    const last = [until_on, today].sort()[0]!;
    return {
      ...{ from_on, until_on, fund_id: fund_id ?? null, project_id: project_id ?? null },
      names: fund?.names ?? null,
      currency: (fund ?? lines[0])!.currency,
      opening_fen: await familyBalance(ctx, family, addDays(from_on, -1)),
      given: fund_id ? await givenTotals(ctx, fund_id, from_on, last) : [],
      moved: await periodTotals(ctx, family, from_on, last),
      closing_fen: await familyBalance(ctx, family, last),
      lines: lines.map((line) => ({
        ...{ id: line.id, names: line.names, category: line.category, project_id: line.project_id },
        ...{ allocated_fen: line.credits_posted_fen, left_fen: balanceOf(line) },
      })),
    };
  },
});
