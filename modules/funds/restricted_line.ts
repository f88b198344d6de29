import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { findAccount, findRestrictedLine, lockUse } from './account.store.ts';
import { type Account, isRestricted, type Restriction } from './account.ts';
import { openAccount } from './open_account.ts';
import { honours } from './wish.ts';

type Line = Pick<Account, 'kind' | 'fund_id' | 'project_id' | 'category' | 'closed_at'>;

/** What a gift is kept to that is given for a line's use alone. Pure. */
export function restrictionOf({ project_id, category }: Pick<Line, 'project_id' | 'category'>): Restriction {
  return { ...(project_id && { projects: [project_id] }), ...(category && { categories: [category] }) };
}

/** Whether a fund offers a line's use to a giver: it is open, is for something, and allows nothing that the fund does not. */
export function isOffered(fund: Pick<Account, 'id' | 'restriction'>, line: Line): boolean {
  const restriction = restrictionOf(line);
  if (line.kind !== 'budget_line' || line.fund_id !== fund.id || line.closed_at) return false;
  return isRestricted({ restriction }) && honours(restriction, fund.restriction);
}

/**
 * The line of a fund that holds only what was given for one use, opened with the first such gift; `budget_line_id` is any line of the
 * fund for that use. Gifts that come at once wait for each other, so that there is one.
 */
export async function restrictedLine(ctx: Ctx, fund: Account, budget_line_id: string): Promise<Account> {
  const chosen = await findAccount(ctx, budget_line_id);
  if (!chosen || !isOffered(fund, chosen)) refuse('line_not_offered', {}, { field: 'budget_line_id' });
  if (isRestricted(chosen)) return chosen;
  const use = { fund_id: fund.id, project_id: chosen.project_id, category: chosen.category };
  await lockUse(ctx, use);
  const known = await findRestrictedLine(ctx, use);
  if (known) return known;
  const id = ctx.newId<'account'>();
  const { names, currency } = chosen;
  const opened = { id, kind: 'budget_line' as const, names, currency, holder_id: null, ...use };
  await openAccount(ctx, { ...opened, restriction: restrictionOf(chosen) });
  return (await findAccount(ctx, id))!;
}
