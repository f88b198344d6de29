import type { show_ledger } from '#modules/funds/index.ts';
import type { Flow, FlowNode } from './flow_picture.ts';
import { shortMoney } from './money.ts';
import { named, t, term } from './words.ts';

type Ledger = Awaited<ReturnType<typeof show_ledger.run>>;
type Part = Ledger['spent'][number];
/** What stands in the middle of the picture: a budget line by its own name, else what the money was spent on. */
type Use = { key: string; parts: Part[]; value: number; main_fund: number };

const MOST_USES = 9;
const MOST_RECEIPTS = 2;
const TONES = ['var(--indigo)', 'var(--jade)', 'var(--amber)', 'var(--soft)'];
const toneOf = (place: number) => TONES[place % TONES.length]!;
const sum = (parts: readonly Part[]) => parts.reduce((all, part) => all + part.amount_fen, 0);
const keyOf = (part: Part) => (part.line_names ? `line/${part.account_id}` : `use/${part.category}`);

/** The nodes and flows of a picture from funds through uses to receipts. */
export function drawFlows(ledger: Ledger, period: string): { nodes: FlowNode[]; flows: Flow[] } {
  const spent = ledger.spent.filter((part) => part.amount_fen > 0);
  const funds = ledger.funds
    .map((fund) => ({ fund, value: sum(spent.filter((part) => part.fund_id === fund.id)) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const nodes: FlowNode[] = funds.map(({ fund, value }, i) => ({
    ...{ key: fund.id, column: 0, label: named(fund.names), amount: shortMoney(value), value },
    ...{ href: `/funds/${fund.id}${period ? `?period=${period}` : ''}`, tone: toneOf(i) },
  }));
  const flows: Flow[] = [];
  const places = funds.map(({ fund }) => fund.id);
  for (const use of usesOf(spent, places)) {
    const node = nodeOf(use, period);
    nodes.push(node);
    for (const fund_id of places) {
      const share = sum(use.parts.filter((part) => part.fund_id === fund_id));
      if (share > 0) flows.push({ from: fund_id, to: use.key, value: share });
    }
    addReceipts(nodes, flows, node, use, ledger);
  }
  return { nodes, flows };
}

/**
 * The largest uses, and the small ones drawn together. They stand in the order of the funds that most of each was paid from,
 * so that ribbons cross little.
 */
function usesOf(spent: readonly Part[], places: readonly string[]): Use[] {
  const byKey = Map.groupBy(spent, keyOf);
  const ranked = [...byKey].sort((a, b) => sum(b[1]) - sum(a[1]));
  const cut = ranked.length > MOST_USES + 1 ? MOST_USES : ranked.length;
  const rest = ranked.slice(cut).flatMap(([, parts]) => parts);
  const shown = [...ranked.slice(0, cut), ...(rest.length > 0 ? [['rest', rest] as [string, Part[]]] : [])];
  return shown
    .map(([key, parts]) => {
      const shares = places.map((id) => sum(parts.filter((part) => part.fund_id === id)));
      return { key, parts, value: sum(parts), main_fund: shares.indexOf(Math.max(...shares)) };
    })
    .sort((a, b) => Number(a.key === 'rest') - Number(b.key === 'rest') || a.main_fund - b.main_fund);
}

function nodeOf({ key, parts, value, main_fund }: Use, period: string): FlowNode {
  const list = (words: Record<string, string>) => {
    const query = new URLSearchParams({ ...words, ...(period && { period }) }).toString();
    return `/funds/spendings${query ? `?${query}` : ''}`;
  };
  const { account_id, line_names, category } = parts[0]!;
  const [label, href] =
    key === 'rest'
      ? [t('funds.ledger.other_uses'), list({})]
      : line_names
        ? [named(line_names), `/funds/${account_id}`]
        : [term('spending_category', category), list({ category })];
  return { key, column: 1, label, amount: shortMoney(value), value, href, tone: toneOf(main_fund) };
}

/** The largest receipts of a use have strands of their own, the others one together. */
function addReceipts(
  nodes: FlowNode[],
  flows: Flow[],
  node: FlowNode,
  { key, parts, value }: Use,
  ledger: Ledger,
): void {
  const isOf = (one: Ledger['largest'][number]) =>
    parts.some((part) => part.account_id === one.debit_account_id && part.category === one.category);
  const known = ledger.largest.filter((one) => !one.is_reversed && isOf(one));
  // One that would be left alone is drawn too.
  const largest = known.slice(0, known.length === MOST_RECEIPTS + 1 ? known.length : MOST_RECEIPTS);
  const drawn = largest.filter(
    (_one, i) => largest.slice(0, i + 1).reduce((all, each) => all + each.amount_fen, 0) <= value,
  );
  for (const one of drawn) {
    const receipt = { key: `receipt/${one.id}`, label: one.purpose, amount: shortMoney(one.amount_fen) };
    const href = `/funds/spendings/${one.id}`;
    nodes.push({ ...receipt, column: 2, value: one.amount_fen, href, tone: node.tone });
    flows.push({ from: key, to: receipt.key, value: one.amount_fen });
  }
  const rest = value - drawn.reduce((all, one) => all + one.amount_fen, 0);
  if (rest <= 0) return;
  const count = Math.max(1, parts.reduce((all, part) => all + part.count, 0) - drawn.length);
  const label = t(drawn.length > 0 ? 'funds.ledger.more_receipts' : 'funds.ledger.receipt_count', { count });
  nodes.push({ ...node, key: `rest/${key}`, column: 2, label, amount: shortMoney(rest), value: rest });
  flows.push({ from: key, to: `rest/${key}`, value: rest });
}
