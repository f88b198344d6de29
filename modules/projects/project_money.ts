import { type Account, availableOf, findAccount, findRestrictedLine, spendingsBy } from '#modules/funds/index.ts';
import type { Ctx } from '#platform/context.ts';
import { type Milestone, promisedFen, type TrancheState, trancheOf } from './milestone.ts';
import type { Project } from './project.ts';

export type TrancheView = {
  milestone_id: string;
  state: TrancheState;
  amount_fen: number;
  spending_id: string | null;
  transfer_id: string | null;
  decided_at: Date | null;
  refused_reason: string | null;
};

export type ProjectMoney = {
  promised_fen: number;
  /** True where the agreement promises no payment from this ledger, as of years whose money was booked elsewhere. */
  pays_nothing: boolean;
  paid_fen: number;
  /** What its budget line still holds. */
  left_fen: number;
  /** What its milestones promise and is neither paid nor set aside. */
  to_fund_fen: number;
  /** What its budget line holds and nobody is owed: of a stopped project, all but what waits to be approved. */
  to_return_fen: number;
  tranches: TrancheView[];
  /** What was given for this project alone, beside its budget line, and what of that is not asked for yet. */
  gifts: { budget_line_id: string; given_fen: number; free_fen: number } | null;
};

/** Where a project's money stands: read from the ledger, never kept twice. */
export async function moneyOf(ctx: Ctx, project: Project, milestones: readonly Milestone[]): Promise<ProjectMoney> {
  const ids = milestones.flatMap((one) => (one.spending_id ? [one.spending_id] : []));
  const spendings = ids.length > 0 ? await spendingsBy(ctx, { ids, limit: ids.length }, false) : [];
  const found = new Map(spendings.map((one) => [one.id, one]));
  const tranches = milestones.map((one): TrancheView => {
    const spending = one.spending_id ? found.get(one.spending_id) : undefined;
    return {
      ...{ milestone_id: one.id, state: trancheOf(one, spending), amount_fen: one.tranche_fen },
      ...{ spending_id: spending?.id ?? null, transfer_id: spending?.transfer_id ?? null },
      ...{ decided_at: spending?.decided_at ?? null, refused_reason: spending?.refused_reason ?? null },
    };
  });
  const line = project.budget_line_id ? await findAccount(ctx, project.budget_line_id) : undefined;
  const left_fen = line ? availableOf(line) : 0;
  const promised_fen = promisedFen(milestones);
  const fenIn = (state: TrancheState) =>
    tranches.reduce((sum, one) => sum + (one.state === state ? one.amount_fen : 0), 0);
  const paid_fen = fenIn('paid');
  const owed_fen = promised_fen - paid_fen;
  return {
    ...{ promised_fen, paid_fen, left_fen, tranches, gifts: line ? await giftsFor(ctx, line) : null },
    pays_nothing: milestones.length > 0 && !line && milestones.every((one) => one.tranche_fen === 0),
    to_fund_fen: Math.max(0, owed_fen - left_fen),
    to_return_fen: Math.max(0, left_fen - (project.state === 'stopped' ? fenIn('waiting') : owed_fen)),
  };
}

async function giftsFor(ctx: Ctx, { fund_id, project_id, category }: Account): Promise<ProjectMoney['gifts']> {
  const line = await findRestrictedLine(ctx, { fund_id: fund_id!, project_id, category });
  if (!line) return null;
  const asked = await spendingsBy(ctx, { account_id: line.id, state: 'waiting', limit: 200 }, false);
  const free_fen = availableOf(line) - asked.reduce((sum, one) => sum + one.amount_fen, 0);
  return { budget_line_id: line.id, given_fen: line.credits_posted_fen, free_fen: Math.max(0, free_fen) };
}
