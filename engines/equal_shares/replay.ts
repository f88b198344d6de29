import type { SharesOutcome } from './allocate.ts';
import { doubleOf, type Fraction, fraction, greatestCommonDivisor } from './fraction.ts';

/** What the supporters of a project that was not bought paid for others, and when they had too little for it. */
export type Spent = {
  left: Fraction;
  short_after: { project: number; money: Fraction } | null;
  spent_on: { project: number; money: Fraction }[];
};

const NEVER = 2 ** 31 - 1;

/**
 * Who paid what in a finished run, exact. A voter pays every price in full until one takes all they have left, so of each
 * group only that purchase and that last payment are kept. Linear in marks.
 */
export class Replay {
  readonly purchaseOf = new Map<number, number>();
  private readonly shares: SharesOutcome;
  /** All amounts here are whole parts of which so many make a small unit. */
  private readonly parts: bigint;
  private readonly endowment: bigint;
  private readonly prices: bigint[];
  private readonly left: bigint[];
  private readonly emptied_at: Int32Array;
  private readonly last_payment: bigint[];
  /** By project, the purchase it was, or -1. */
  private readonly bought_at: Int32Array;
  /** Payments in full as money, by purchase and mark: thousands of voters pay the same. */
  private readonly in_full = new Map<string, Fraction>();

  constructor(shares: SharesOutcome) {
    const { electorate, endowment, purchases } = shares;
    this.shares = shares;
    this.parts = purchases.reduce(
      (so_far, { price }) => (so_far / greatestCommonDivisor(so_far, price.den)) * price.den,
      endowment.den,
    );
    this.endowment = endowment.num * (this.parts / endowment.den);
    this.prices = purchases.map(({ price }) => price.num * (this.parts / price.den));
    const groups = electorate.weights.length;
    this.left = Array.from({ length: groups }, () => this.endowment);
    this.emptied_at = new Int32Array(groups).fill(NEVER);
    this.last_payment = Array.from({ length: groups }, () => 0n);
    this.bought_at = new Int32Array(electorate.costs.length).fill(-1);
    purchases.forEach(({ project }, k) => {
      this.purchaseOf.set(project, k);
      this.bought_at[project] = k;
      for (let i = electorate.first[project]!; i < electorate.first[project + 1]!; i++) {
        const group = electorate.supporters[i]!;
        const wanted = this.prices[k]! * BigInt(electorate.marks[i]!);
        const has = this.left[group]!;
        if (has > wanted) this.left[group] = has - wanted;
        else if (has > 0n) {
          this.left[group] = 0n;
          this.emptied_at[group] = k;
          this.last_payment[group] = has;
        }
      }
    });
  }

  private money(parts: bigint): Fraction {
    return fraction(parts, this.parts * this.shares.electorate.unit);
  }

  isSupported(project: number): boolean {
    const { first } = this.shares.electorate;
    return first[project + 1]! > first[project]!;
  }

  leftOfGroup(group: number): Fraction {
    return this.money(this.left[group]!);
  }

  /** What all supporters of a project have left together, in parts. */
  private leftOf(project: number): bigint {
    const { first, supporters, weights } = this.shares.electorate;
    let sum = 0n;
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const left = this.left[supporters[i]!]!;
      if (left > 0n) sum += left * BigInt(weights[supporters[i]!]!);
    }
    return sum;
  }

  paymentsOf(group: number): { project: number; money: Fraction }[] {
    const { group_first, group_projects, group_marks } = this.shares.electorate;
    const paid: { k: number; project: number; money: Fraction }[] = [];
    for (let i = group_first[group]!; i < group_first[group + 1]!; i++) {
      const k = this.bought_at[group_projects[i]!]!;
      if (k < 0 || k > this.emptied_at[group]!) continue;
      paid.push({ k, project: group_projects[i]!, money: this.paymentOf(group, k, group_marks[i]!) });
    }
    return paid.sort((a, b) => a.k - b.k);
  }

  private paymentOf(group: number, k: number, mark: number): Fraction {
    if (k === this.emptied_at[group]!) return this.money(this.last_payment[group]!);
    const key = `${k}/${mark}`;
    let money = this.in_full.get(key);
    if (!money) {
      money = this.money(this.prices[k]! * BigInt(mark));
      this.in_full.set(key, money);
    }
    return money;
  }

  private payment(group: number, k: number, mark: number): bigint {
    const emptied = this.emptied_at[group]!;
    return k < emptied ? this.prices[k]! * BigInt(mark) : k === emptied ? this.last_payment[group]! : 0n;
  }

  payersOf(project: number) {
    const { first, supporters, marks, weights } = this.shares.electorate;
    const k = this.purchaseOf.get(project)!;
    let [paid_in_full, paid_the_rest, rest] = [0, 0, 0n];
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      const payment = this.payment(group, k, marks[i]!);
      if (payment === 0n) continue;
      if (payment === this.prices[k]! * BigInt(marks[i]!)) paid_in_full += weights[group]!;
      else {
        paid_the_rest += weights[group]!;
        rest += payment * BigInt(weights[group]!);
      }
    }
    return { price: this.money(this.prices[k]!), paid_in_full, paid_the_rest, rest_money: this.money(rest) };
  }

  /**
   * What the supporters of a project that was not bought paid for each that was, the most first, what they have left, and
   * the purchase after which they had too little for it: null when they never had enough.
   */
  spentBySupporters(project: number): Spent {
    const { costs } = this.shares.electorate;
    const { purchases } = this.shares;
    const spent = this.spentParts(project);
    const left = this.leftOf(project);
    const cost = costs[project]! * this.parts;
    let had = spent.reduce((sum, parts) => sum + parts, left);
    let short_after: Spent['short_after'] = null;
    for (const [k, parts] of spent.entries()) {
      const was = had;
      had -= parts;
      if (was < cost || had >= cost) continue;
      short_after = { project: purchases[k]!.project, money: this.money(had) };
      break;
    }
    const spent_on = [...spent.entries()]
      .filter(([, parts]) => parts > 0n)
      .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
      .map(([k, parts]) => ({ project: purchases[k]!.project, money: this.money(parts) }));
    return { left: this.money(left), short_after, spent_on };
  }

  private spentParts(project: number): bigint[] {
    const { first, supporters, weights, group_first, group_projects, group_marks } = this.shares.electorate;
    const { purchases } = this.shares;
    const marks = new Float64Array(purchases.length);
    const rests = purchases.map(() => 0n);
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      const emptied = this.emptied_at[group]!;
      for (let j = group_first[group]!; j < group_first[group + 1]!; j++) {
        const k = this.bought_at[group_projects[j]!]!;
        if (k < 0 || k > emptied) continue;
        if (k < emptied) marks[k]! += group_marks[j]! * weights[group]!;
        else rests[k]! += this.last_payment[group]! * BigInt(weights[group]!);
      }
    }
    return rests.map((rest, k) => BigInt(marks[k]!) * this.prices[k]! + rest);
  }

  /**
   * How near the supporters of a project that was not bought ever came to its cost, in percent, rounded down: what they
   * could have put in at the rate of each purchase, and what they have at the end (effective support, as in Wieliczka 2023).
   */
  supportPercent(project: number): number {
    const { electorate, purchases, endowment } = this.shares;
    const { first, supporters, marks, weights, group_first, group_projects, group_marks, worth, costs } = electorate;
    if (costs[project] === 0n) return 0;
    const rates = purchases.map(({ project: bought, price }) =>
      doubleOf(price.num * worth[project]!, price.den * worth[bought]!),
    );
    const prices = purchases.map(({ price }) => doubleOf(price.num, price.den));
    const offers = new Float64Array(purchases.length + 1);
    const whole = doubleOf(endowment.num, endowment.den);
    const payments = new Float64Array(purchases.length);
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      const [from, until] = [group_first[group]!, group_first[group + 1]!];
      for (let j = from; j < until; j++) {
        const k = this.bought_at[group_projects[j]!]!;
        if (k >= 0) payments[k] = prices[k]! * group_marks[j]!;
      }
      let left = whole;
      // Whoever has nothing left offers nothing any more.
      const last = Math.min(purchases.length - 1, this.emptied_at[group]!);
      for (let k = 0; k <= last; k++) {
        offers[k]! += Math.min(left, rates[k]! * marks[i]!) * weights[group]!;
        left = k >= this.emptied_at[group]! ? 0 : left - payments[k]!;
      }
      offers[purchases.length]! += left * weights[group]!;
      for (let j = from; j < until; j++) {
        const k = this.bought_at[group_projects[j]!]!;
        if (k >= 0) payments[k] = 0;
      }
    }
    const most = offers.reduce((so_far, offer) => Math.max(so_far, offer), 0);
    return Math.floor((most / Number(costs[project]!)) * 100 + 1e-9);
  }
}
