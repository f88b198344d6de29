import { locale, t } from './words.ts';

type Inside = { requested_by_id: string; approvers: { id: string }[] } | null;
type Approver = { id: string; name: string; as: string };

const MOST_NAMES = 6;

/** Who still has to say yes, in one plain sentence: how many more, and by name who can. */
export function stillMust(
  spending: { approvals_needed: number; approval_count: number },
  inside: Inside,
  approvers: readonly Approver[],
): string {
  const count = spending.approvals_needed - spending.approval_count;
  const out = new Set([inside?.requested_by_id, ...(inside?.approvers.map((one) => one.id) ?? [])]);
  const able = approvers.filter((one) => !out.has(one.id));
  const names = able
    .slice(0, MOST_NAMES)
    .map((one) => t('funds.spendings.named_as', { name: one.name, as: t(`funds.spendings.as.${one.as}`) }));
  const list = new Intl.ListFormat(locale(), { type: 'disjunction' }).format(names);
  return names.length > 0
    ? t('funds.spendings.still_named', { count, names: list })
    : t('funds.spendings.still', { count });
}
