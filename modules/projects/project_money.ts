import { availableOf, findAccount, spendingsBy } from '#modules/funds/index.ts';
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
  paid_fen: number;
  /** What its budget line still holds. */
  left_fen: number;
  tranches: TrancheView[];
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
  return {
    promised_fen: promisedFen(milestones),
    paid_fen: tranches.reduce((sum, one) => sum + (one.state === 'paid' ? one.amount_fen : 0), 0),
    left_fen: line ? availableOf(line) : 0,
    tranches,
  };
}
