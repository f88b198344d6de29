import { z } from 'zod';
import { type Account, findAccount, open_account, postTransfers } from '#modules/funds/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { parse } from '#platform/input.ts';
import { refuse } from '#platform/refusal.ts';
import { demandStep, projectFor, takeProjectStep } from '../deliver.ts';
import { milestonesOf } from '../milestone.store.ts';
import type { Project } from '../project.ts';
import { moneyOf } from '../project_money.ts';
import { findProposal } from '../proposal.store.ts';

/**
 * The treasurer sets a project's money aside: a budget line of a fund, filled with what its milestones promise. Again after a
 * change that promises more.
 */
export const fund_project = command({
  name: 'projects.fund_project',
  input: z.object({
    id: z.uuid(),
    fund_account_id: z.uuid(),
    bank_account_id: z.uuid(),
    category: z.string().regex(/^[a-z0-9_]{1,60}$/),
  }),
  async run(ctx, { id, fund_account_id, bank_account_id, category }) {
    const project = await projectFor(ctx, id, 'fund');
    demandStep(project, 'fund');
    const fund = await findAccount(ctx, fund_account_id);
    if (fund?.kind !== 'fund' || fund.closed_at) refuse('account_unknown', {}, { field: 'fund_account_id' });
    const bank = await findAccount(ctx, bank_account_id);
    if (bank?.kind !== 'bank' || bank.closed_at) refuse('account_unknown', {}, { field: 'bank_account_id' });
    const { to_fund_fen: amount_fen } = await moneyOf(ctx, project, await milestonesOf(ctx, id));
    if (amount_fen === 0) refuse('funded_already');
    // A line of a fund that was given for something is for that, from the first day.
    const only = fund.restriction.categories?.length ? category : null;
    const budget_line_id = project.budget_line_id ?? (await openLine(ctx, project, fund, only));
    const line = await findAccount(ctx, budget_line_id);
    if (line?.fund_id !== fund_account_id) refuse('other_fund', {}, { field: 'fund_account_id' });
    await postTransfers(ctx, [
      {
        ...{ kind: 'allocation', debit_account_id: fund_account_id, credit_account_id: budget_line_id, amount_fen },
        ...{ category, cause: { kind: 'project', id } },
      },
    ]);
    const change = { budget_line_id, bank_account_id, spending_category: category };
    await takeProjectStep(ctx, project, 'fund', { change, data: { amount_fen, ...change } });
    return { id, budget_line_id, amount_fen };
  },
});

async function openLine(ctx: Ctx, project: Project, fund: Account, category: string | null): Promise<string> {
  const title = (await findProposal(ctx, project.proposal_id))!.title.slice(0, 80);
  const names = { 'zh-CN': title, en: title };
  const line = {
    kind: 'budget_line',
    names,
    currency: fund.currency,
    fund_id: fund.id,
    project_id: project.id,
    category,
  };
  const input = parse(open_account.input, line);
  return (await open_account.run(ctx, input)).id;
}

/** The treasurer gives back to the fund what a project's budget line holds and no milestone still promises. */
export const return_rest = command({
  name: 'projects.return_rest',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const project = await projectFor(ctx, id, 'fund');
    demandStep(project, 'return_rest');
    const { to_return_fen: amount_fen } = await moneyOf(ctx, project, await milestonesOf(ctx, id));
    if (amount_fen === 0) refuse('nothing_left_over');
    const line = (await findAccount(ctx, project.budget_line_id!))!;
    await postTransfers(ctx, [
      {
        ...{ kind: 'return', debit_account_id: line.id, credit_account_id: line.fund_id!, amount_fen },
        ...{ category: project.spending_category, cause: { kind: 'project', id } },
      },
    ]);
    await takeProjectStep(ctx, project, 'return_rest', { data: { amount_fen } });
    return { id, amount_fen };
  },
});
