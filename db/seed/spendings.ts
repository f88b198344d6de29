import * as funds from '#modules/funds/index.ts';
import { DAY, HOUR, monthly, monthsAgo, type Photographed, SPENT, type Telling, YUAN } from './money_telling.ts';
import { FUNDS, PURCHASES, type Purchase, REFUSED, weighted } from './money_texts.ts';

/** A bill is at most so many times what its things usually cost. */
const LARGEST = 4;

/** A bill that is planned: what for, out of which fund, and its photo. */
type Plan = Photographed & { purchase: Purchase };

export function planSpendings(telling: Telling): void {
  const { chance, size, later } = telling;
  const plans: { at: number; purchase: Purchase; yuan: number }[] = [];
  for (let month = 0; month <= size.months; month++)
    for (let i = 0; i < size.spendings; i++) {
      const at = monthsAgo(telling, size.months - month) + (4 + chance.below(20)) * DAY + (9 + chance.below(7)) * HOUR;
      const { key } = weighted(chance, FUNDS);
      const purchase = chance.pick(PURCHASES.filter((one) => one.fund === key));
      const yuan = (monthly(telling, month) * SPENT * (0.75 + chance.next() / 2)) / size.spendings;
      if (at + 3 * DAY < telling.now) plans.push({ at, purchase, yuan });
    }
  for (const { at, purchase, yuan } of plans.sort((a, b) => a.at - b.at)) {
    const plan = planned(telling, at, purchase, yuan);
    later(at, (when) => buy(telling, when, plan));
  }
  const half = monthsAgo(telling, Math.floor(size.months / 2));
  for (const [i, at] of [half + 10 * DAY, telling.now - 40 * DAY].entries()) {
    const { purpose, reason } = REFUSED[i]!;
    const items = [[purpose, 1_800, 3_200]] as const;
    const plan = planned(
      telling,
      at,
      { ...{ fund: 'mutual', category: 'administration', purpose }, payee: '百货商场', items },
      2_400,
    );
    later(at, (when) => refuseOne(telling, when, plan, reason));
  }
  const twice = PURCHASES.find((one) => one.category === 'safety')!;
  const plan = planned(telling, telling.now - 65 * DAY, twice, 2_000);
  later(telling.now - 65 * DAY, (at) => payTwice(telling, at, plan));
  later(telling.now - 100 * DAY, (at) => advanceTea(telling, at));
}

/** A bill for about so many yuan, within what the things cost, and its photo. */
export function planned(telling: Telling, at: number, purchase: Purchase, yuan: number): Plan {
  const { chance, seed } = telling;
  const { payee, items } = purchase;
  const share = yuan / items.reduce((sum, [, from, to]) => sum + (from + to) / 2, 0);
  const priced = items.map(([name, from, to]): [string, number] => {
    const fen = Math.round((from + chance.next() * (to - from)) * Math.max(0.4, Math.min(LARGEST, share)) * YUAN);
    return [name, Math.max(100, fen - (fen % 10))];
  });
  const day = new Date(at + 8 * HOUR - DAY).toISOString().slice(0, 10);
  const number = `${seed}${String(chance.below(1_000_000)).padStart(6, '0')}`;
  return { purchase, ...telling.photograph({ payee, day, number, items: priced }) };
}

const sumOf = ({ bill }: Plan) => bill.items.reduce((sum, [, fen]) => sum + fen, 0);

export async function request(telling: Telling, at: number, plan: Plan, more: object = {}) {
  const { purchase } = plan;
  return telling.act(telling.people.desk, at, funds.request_spending, {
    ...{ debit_account_id: telling.funds.get(purchase.line ?? purchase.fund)!.id, credit_account_id: telling.bank },
    ...{ amount_fen: sumOf(plan), purpose: purchase.purpose, category: purchase.category },
    ...{ payee_name: purchase.payee, file_hashes: [await plan.hash()] },
    ...{ is_payee_public: !purchase.is_private, is_photo_public: !purchase.is_private, ...more },
  });
}

/** From what a bill is paid: its fund, or the budget line that the fund fills when it runs low. */
export async function sourceOf(telling: Telling, at: number, plan: Plan): Promise<{ id: string; left_fen: number }> {
  const fund = telling.funds.get(plan.purchase.fund)!;
  const line = plan.purchase.line && telling.funds.get(plan.purchase.line);
  if (!line) return fund;
  const amount_fen = 10_000 * YUAN * Math.ceil((sumOf(plan) - line.left_fen) / (10_000 * YUAN));
  if (amount_fen <= 0 || amount_fen > fund.left_fen) return line;
  await telling.act(telling.people.treasurer, at, funds.post_transfers, {
    transfers: [{ kind: 'allocation', debit_account_id: fund.id, credit_account_id: line.id, amount_fen }],
  });
  fund.left_fen -= amount_fen;
  line.left_fen += amount_fen;
  return line;
}

/** Asked for by the desk, approved some hours later by the secretary, and above the limit by the chair a day later. */
async function buy(telling: Telling, at: number, plan: Plan): Promise<void> {
  const { people, act, later } = telling;
  const source = await sourceOf(telling, at - HOUR, plan);
  if (sumOf(plan) > source.left_fen) return;
  source.left_fen -= sumOf(plan);
  const { id, approvals_needed } = await request(telling, at, plan);
  later(at + 5 * HOUR, (when) => act(people.secretary, when, funds.approve_spending, { id }));
  if (approvals_needed === 2) later(at + DAY, (when) => act(people.chair, when, funds.approve_spending, { id }));
}

async function refuseOne(telling: Telling, at: number, plan: Plan, reason: string): Promise<void> {
  const { people, act, later } = telling;
  const { id } = await request(telling, at, plan);
  later(at + 6 * HOUR, (when) => act(people.supervisor, when, funds.refuse_spending, { id, reason }));
}

/** The same bill asked for and paid twice: noticed, and taken back. */
async function payTwice(telling: Telling, at: number, plan: Plan): Promise<void> {
  const { people, act, see, later } = telling;
  const fund = telling.funds.get(plan.purchase.fund)!;
  if (2 * sumOf(plan) > fund.left_fen) return;
  fund.left_fen -= sumOf(plan);
  for (const hours of [0, 2]) {
    const { id } = await request(telling, at + hours * HOUR, plan);
    for (const [i, who] of [people.secretary, people.chair].entries())
      if ((await see(people.treasurer, funds.show_spending, { id })).approvals_needed > i)
        later(at + (hours + 4 + i) * HOUR, (when) => act(who, when, funds.approve_spending, { id }));
    if (hours === 0) continue;
    later(at + 2 * DAY, async (when) => {
      const { transfer_id } = await see(people.treasurer, funds.show_spending, { id });
      const reason = '同一张票据付了两次，退回一次。';
      await act(people.treasurer, when, funds.reverse_transfer, { transfer_id, reason });
    });
  }
}

/** Money that the desk takes along for the teas, and what was paid out of it. */
async function advanceTea(telling: Telling, at: number): Promise<void> {
  const { people, act, bank, later } = telling;
  const opened = await act(people.treasurer, at, funds.open_account, {
    ...{ kind: 'advance', names: { 'zh-CN': '早茶会备用金', en: 'Morning Tea float' }, holder_id: people.desk.id },
  });
  const taken = await act(people.desk, at, funds.request_spending, {
    ...{ kind: 'advance', debit_account_id: opened.id, credit_account_id: bank, amount_fen: 1_500 * YUAN },
    ...{ purpose: '三个月早茶会的备用金', category: 'meetings', payee_name: '早茶会备用金' },
  });
  later(at + 3 * HOUR, (when) => act(people.secretary, when, funds.approve_spending, { id: taken.id }));
  for (const days of [20, 50]) {
    const plan = planned(telling, at + days * DAY, PURCHASES[0]!, 300);
    later(at + days * DAY, async (when) => {
      const settled = await request(telling, when, plan, { kind: 'settlement', credit_account_id: opened.id });
      telling.funds.get(plan.purchase.fund)!.left_fen -= sumOf(plan);
      later(when + 4 * HOUR, (then) => act(people.secretary, then, funds.approve_spending, { id: settled.id }));
    });
  }
}
