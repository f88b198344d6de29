import type { show_ledger } from '#modules/funds/index.ts';
import type { Flow, FlowNode } from './flow_picture.ts';
import { shortMoney } from './money.ts';
import { named, t, term } from './words.ts';

type Ledger = Awaited<ReturnType<typeof show_ledger.run>>;
type Part = Ledger['spent'][number];

const MOST_USES = 9;
const MOST_RECEIPTS = 2;
const TONES = ['var(--indigo)', 'var(--jade)', 'var(--amber)', 'var(--soft)'];

/** A use in the picture: a budget line by its own name, else what the money was spent on. */
const useOf = (part: { account_id: string; line_names: unknown; category: string }) =>
  part.line_names ? `line/${part.account_id}` : `use/${part.category}`;

/** The nodes and flows of a picture from funds through uses to receipts; small uses are drawn together. */
export function drawFlows(ledger: Ledger, period: string): { nodes: FlowNode[]; flows: Flow[] } {
  const spent = ledger.spent.filter((part) => part.amount_fen > 0);
  const sums = new Map<string, number>();
  for (const part of spent) sums.set(useOf(part), (sums.get(useOf(part)) ?? 0) + part.amount_fen);
  const ranked = [...sums].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  const shown = new Set(ranked.length > MOST_USES + 1 ? ranked.slice(0, MOST_USES) : ranked);
  const keyOf = (part: Part) => (shown.has(useOf(part)) ? useOf(part) : 'rest');
  const query = period ? `?period=${period}` : '';
  const more = (words: string) => `/funds/spendings${words}${period ? `${words ? '&' : '?'}period=${period}` : ''}`;
  const funds = ledger.funds
    .map((fund) => ({ fund, value: sum(spent.filter((part) => part.fund_id === fund.id)) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const tones = new Map(funds.map(({ fund }, i) => [fund.id, TONES[i % TONES.length]!]));
  const nodes: FlowNode[] = funds.map(({ fund, value }) => ({
    ...{ key: fund.id, column: 0, label: named(fund.names), amount: shortMoney(value), value },
    ...{ href: `/funds/${fund.id}${query}`, tone: tones.get(fund.id)! },
  }));
  const flows: Flow[] = [];
  const keys = [
    ...ranked.filter((key) => shown.has(key)),
    ...(spent.some((part) => keyOf(part) === 'rest') ? ['rest'] : []),
  ];
  for (const key of keys) {
    const parts = spent.filter((part) => keyOf(part) === key);
    const value = sum(parts);
    const first = parts[0]!;
    const isLine = key.startsWith('line/');
    const label =
      key === 'rest'
        ? t('funds.ledger.other_uses')
        : isLine
          ? named(first.line_names)
          : term('spending_category', first.category);
    const href =
      key === 'rest' ? more('') : isLine ? `/funds/${first.account_id}` : more(`?category=${first.category}`);
    nodes.push({ key, column: 1, label, amount: shortMoney(value), value, href, tone: 'var(--ink)' });
    for (const { fund } of funds) {
      const share = sum(parts.filter((part) => part.fund_id === fund.id));
      if (share > 0) flows.push({ from: fund.id, to: key, value: share });
    }
    addReceipts(
      nodes,
      flows,
      { key, value, href, count: parts.reduce((all, part) => all + part.count, 0) },
      largestOf(ledger, parts),
    );
  }
  return { nodes, flows };
}

const sum = (parts: readonly Part[]) => parts.reduce((all, part) => all + part.amount_fen, 0);

function largestOf(ledger: Ledger, parts: readonly Part[]) {
  const isOf = (one: Ledger['largest'][number]) =>
    parts.some((part) => part.account_id === one.debit_account_id && part.category === one.category);
  return ledger.largest
    .filter((one) => !one.is_reversed && one.kind !== 'advance' && isOf(one))
    .slice(0, MOST_RECEIPTS);
}

/** The largest receipts of a use have strands of their own, the others one together. */
function addReceipts(
  nodes: FlowNode[],
  flows: Flow[],
  use: { key: string; value: number; href: string; count: number },
  largest: Ledger['largest'],
): void {
  let rest = use.value;
  for (const one of largest) {
    if (one.amount_fen > rest) continue;
    rest -= one.amount_fen;
    const node = {
      key: `receipt/${one.id}`,
      label: one.purpose,
      amount: shortMoney(one.amount_fen),
      value: one.amount_fen,
    };
    nodes.push({ ...node, column: 2, href: `/funds/spendings/${one.id}`, tone: 'var(--jade)' });
    flows.push({ from: use.key, to: node.key, value: one.amount_fen });
  }
  if (rest <= 0) return;
  const count = Math.max(1, use.count - largest.length);
  const label = t(largest.length > 0 ? 'funds.ledger.more_receipts' : 'funds.ledger.receipt_count', { count });
  nodes.push({
    key: `rest/${use.key}`,
    column: 2,
    label,
    amount: shortMoney(rest),
    value: rest,
    href: use.href,
    tone: 'var(--soft)',
  });
  flows.push({ from: use.key, to: `rest/${use.key}`, value: rest });
}
