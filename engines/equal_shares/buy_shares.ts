import { type Electorate, marksFor } from './electorate.ts';
import { comparePrices, ExactPrices, type Price } from './exact_prices.ts';
import { doubleOf, type Fraction } from './fraction.ts';
import { Supporters } from './supporters.ts';

/** One project bought: every supporter pays `price` small units a mark, or all they have left when that is less. */
export type Purchase = { project: number; price: Fraction };

/** The Method of Equal Shares with one endowment: purchases in order, and their cost in small units. */
export type Run = { endowment: Fraction; purchases: Purchase[]; spent: bigint };

/** Rounding of one double operation. */
const ULP = 2 ** -52;
/** Voters whose money differs from the price by less than this share of the endowment are looked at exactly. */
const NEAR = 1e-9;

/**
 * Buys projects from equal endowments until nobody can pay for another (Peters, Pierczyński, Skowron 2021, with the
 * tie order given). Doubles with proven error bounds decide what is clear; what is not (ties, near ties, money that just
 * suffices) is decided in whole numbers, so that the outcome is that of exact arithmetic.
 * A price only rises while money is spent, so earlier prices are lower bounds: whose bound is above the best is left alone.
 */
export class SharesMarket {
  private readonly electorate: Electorate;
  private readonly ranks: Int32Array;
  private readonly costs: Float64Array;
  private readonly worth: Float64Array;
  private readonly all_marks: Float64Array;
  private readonly sides: Supporters;
  /** Projects that cost nothing and are supported: they are in every outcome, before the first purchase. */
  readonly free: readonly number[];
  // The state of one run; kept between runs so that steps of add1 allocate nothing large.
  private exact!: ExactPrices;
  private readonly left: Float64Array;
  private readonly bound: Float64Array;
  // The purchases that each group has paid for in full, with its marks, in the group's own stretch.
  private readonly paid_for: Int32Array;
  private readonly paid_marks: Float64Array;
  private readonly paid_count: Int32Array;
  private readonly paid: Float64Array;
  private readonly own: Float64Array;
  private readonly order: Int32Array;
  private readonly price: Float64Array;
  private readonly is_clear: Uint8Array;
  private waiting = 0;
  private near = 0;
  private slack = 0;
  // What the last look at a project found.
  private low = 0;
  private high = 0;

  constructor(electorate: Electorate, ranks: Int32Array) {
    const count = electorate.costs.length;
    this.electorate = electorate;
    this.ranks = ranks;
    this.costs = Float64Array.from(electorate.costs, Number);
    this.worth = Float64Array.from(electorate.worth, Number);
    this.all_marks = Float64Array.from(electorate.costs, (_, project) => marksFor(electorate, project));
    this.sides = new Supporters(electorate);
    const supported = electorate.costs.map((_, project) => project).filter((project) => this.all_marks[project]! > 0);
    this.free = supported.filter((project) => electorate.costs[project] === 0n).sort((a, b) => ranks[a]! - ranks[b]!);
    this.left = new Float64Array(electorate.weights.length);
    this.price = new Float64Array(count);
    this.is_clear = new Uint8Array(count);
    this.bound = new Float64Array(count);
    this.paid_for = new Int32Array(electorate.group_projects.length);
    this.paid_marks = new Float64Array(electorate.group_projects.length).fill(1);
    this.paid_count = new Int32Array(electorate.weights.length);
    this.paid = new Float64Array(count);
    this.own = new Float64Array(count);
    this.order = new Int32Array(count);
  }

  /** @param limit Stops once more than this is spent: add1 throws such a step away. */
  run(endowment: Fraction, limit: bigint | null = null): Run {
    this.begin(endowment);
    const run: Run = { endowment, purchases: [], spent: 0n };
    for (;;) {
      const next = this.cheapest();
      if (next === null) return run;
      const { project, price } = next;
      this.charge(project, price);
      run.purchases.push({ project, price: this.exact.pay(price) });
      run.spent += this.electorate.costs[project]!;
      if (limit !== null && run.spent > limit) return run;
    }
  }

  private begin(endowment: Fraction): void {
    const { costs, all_marks: marks } = this;
    this.exact = new ExactPrices(endowment);
    const each = doubleOf(endowment.num, endowment.den);
    this.left.fill(each);
    this.near = each * NEAR;
    this.slack = each * (8 * costs.length + 32) * ULP;
    this.sides.reset(this.electorate.first);
    this.paid_count.fill(0);
    this.waiting = 0;
    for (let project = 0; project < costs.length; project++) {
      if (marks[project] === 0 || costs[project] === 0) continue;
      this.bound[project] = (costs[project]! / marks[project]! / this.worth[project]!) * (1 - 8 * ULP);
      this.order[this.waiting++] = project;
    }
  }

  /** The project whose price per utility is least, among equals the first in the tie order; null when all are too dear. */
  private cheapest(): { project: number; price: Price } | null {
    this.sortWaiting();
    const { order, bound } = this;
    const seen: number[] = [];
    let best = Number.POSITIVE_INFINITY;
    let kept = 0;
    let at = 0;
    for (; at < this.waiting; at++) {
      const project = order[at]!;
      if (bound[project]! > best) break;
      if (!this.look(project, best)) continue;
      order[kept++] = project;
      bound[project] = Math.max(bound[project]!, this.low);
      if (this.low > best) continue;
      seen.push(project);
      best = Math.min(best, this.high);
    }
    for (; at < this.waiting; at++) order[kept++] = order[at]!;
    this.waiting = kept;
    const winner = this.choose(seen.filter((project) => bound[project]! <= best));
    if (winner) this.waiting = remove(winner.project, order, this.waiting);
    return winner;
  }

  /** Among projects whose doubles do not tell them apart. */
  private choose(close: number[]): { project: number; price: Price } | null {
    const { worth } = this.electorate;
    let winner: { project: number; price: Price } | null = null;
    for (const project of close) {
      const price = this.exactPrice(project)!;
      const order = winner ? comparePrices(price, worth[project]!, winner.price, worth[winner.project]!) : -1;
      if (order < 0 || (order === 0 && this.ranks[project]! < this.ranks[winner!.project]!))
        winner = { project, price };
    }
    return winner;
  }

  /** Insertion sort by bound: few change between rounds. */
  private sortWaiting(): void {
    const { order, bound } = this;
    for (let i = 1; i < this.waiting; i++) {
      const project = order[i]!;
      const value = bound[project]!;
      let j = i - 1;
      for (; j >= 0 && bound[order[j]!]! > value; j--) order[j + 1] = order[j]!;
      order[j + 1] = project;
    }
  }

  /**
   * Finds between which doubles (`low`, `high`) the price per utility of a project lies; false when its supporters cannot
   * pay it any more. From below, the price of a mark rises until nobody who should pay in full has less, or all give all
   * they have; each step is a lower bound, so that it ends as soon as that is above the best.
   */
  private look(project: number, best: number): boolean {
    const [cost, worth] = [this.costs[project]!, this.worth[project]!];
    const { sides } = this;
    const money = this.errorOf(project);
    const enough = best * worth * (1 + 8 * ULP);
    let poor = sides.poorMoney(project, this.left);
    // Whoever was rich at an earlier price is taken for rich: a lower bound before anybody has been asked.
    let price = Math.max(this.bound[project]! * worth, sides.priceFrom(project, cost - poor));
    for (;;) {
      let error = money / sides.rich_marks[project]! + price * 8 * ULP;
      if (price - error > enough) return this.found(price - error, Number.POSITIVE_INFINITY, worth);
      // Who turns out to have less than the price is put among the poor, and the price rises.
      const tightest = sides.partRich(project, price, this.left);
      poor += sides.moved;
      this.price[project] = price;
      this.is_clear[project] = 0;
      // All give everything: too little is clear, just enough is not.
      if (sides.rich_marks[project] === 0) return poor < cost - money ? false : this.lookExactly(project);
      error = money / sides.rich_marks[project]! + price * 8 * ULP;
      const next = sides.priceFrom(project, cost - poor);
      if (next > price * (1 + 2 * ULP)) price = next;
      else if (tightest <= this.near + error * sides.most_marks[project]!) return this.lookExactly(project);
      else {
        // Everybody among the rich has clearly more: nobody needs to ask them again.
        this.is_clear[project] = 1;
        return this.found(price - error, price + error, worth);
      }
    }
  }

  private found(low: number, high: number, worth: number): true {
    this.low = (low / worth) * (1 - 4 * ULP);
    this.high = (high / worth) * (1 + 4 * ULP);
    return true;
  }

  /** A bound on the rounding in a sum over a project's supporters: of every voter's money, and of the adding up. */
  private errorOf(project: number): number {
    const entries = this.electorate.first[project + 1]! - this.electorate.first[project]!;
    return this.sides.voters[project]! * this.slack + (entries + 16) * 2 * ULP * this.costs[project]!;
  }

  private lookExactly(project: number): boolean {
    const price = this.exactPrice(project);
    if (!price) return false;
    const value = this.exact.toDouble(price);
    return this.found(value * (1 - 4 * ULP), value * (1 + 4 * ULP), this.worth[project]!);
  }

  /** The price of a mark in whole numbers; null when the supporters cannot pay. Voters near the price are asked one by one. */
  private exactPrice(project: number): Price | null {
    const { sides, left } = this;
    const { groups, marks, weights } = sides;
    const error = 2 * this.errorOf(project);
    const double = this.price[project]!;
    const isClear = this.is_clear[project] === 1;
    this.paid.fill(0, 0, this.exact.count);
    let poor = 0;
    let rich = isClear ? sides.rich_marks[project]! : 0;
    let close: { group: number; mark: number; weight: number }[] = [];
    const to = isClear ? sides.rich[project]! : sides.end[project]!;
    for (let i = sides.poor[project]!; i < to; i++) {
      const group = groups[i]!;
      const mark = marks[i]!;
      const weight = weights[i]!;
      const over = left[group]! - double * mark;
      const band = this.near + error * mark;
      if (over < -band) {
        poor += weight;
        this.addPaid(this.paid, group, weight);
      } else {
        rich += mark * weight;
        if (over <= band) close.push({ group, mark, weight });
      }
    }
    const cost = this.electorate.costs[project]!;
    for (;;) {
      if (rich === 0) return null;
      const price = this.exact.priceOf(cost, poor, this.paid, rich);
      const rest = close.filter(({ group, mark }) => this.affords(price, group, mark));
      if (rest.length === close.length) return price;
      const affordable = new Set(rest);
      for (const one of close) {
        if (affordable.has(one)) continue;
        poor += one.weight;
        rich -= one.mark * one.weight;
        this.addPaid(this.paid, one.group, one.weight);
      }
      close = rest;
    }
  }

  private addPaid(paid: Float64Array, group: number, weight: number): void {
    const from = this.electorate.group_first[group]!;
    const to = from + this.paid_count[group]!;
    for (let i = from; i < to; i++) paid[this.paid_for[i]!]! += this.paid_marks[i]! * weight;
  }

  /** Whether a voter of the group has at least `price × mark` left; exact. */
  private affords(price: Price, group: number, mark: number): boolean {
    return this.exact.surplus(price, mark, this.paidBy(group)) >= 0n;
  }

  private paidBy(group: number): Float64Array {
    this.own.fill(0, 0, this.exact.count);
    this.addPaid(this.own, group, 1);
    return this.own;
  }

  /** Takes the price from every supporter; who has no more than it is left with nothing. */
  private charge(project: number, price: Price): void {
    const { sides, left, paid_count } = this;
    const { groups, marks, isApproval } = sides;
    const each = this.exact.toDouble(price);
    const purchase = this.exact.count;
    for (let i = sides.poor[project]!; i < sides.end[project]!; i++) {
      const group = groups[i]!;
      const rest = left[group]! - (isApproval ? each : each * marks[i]!);
      if (rest < -this.near) {
        left[group] = 0;
        continue;
      }
      const isSpent = rest <= this.near && this.exact.surplus(price, marks[i]!, this.paidBy(group)) <= 0n;
      // Less than the doubles can tell is still something.
      left[group] = isSpent ? 0 : Math.max(rest, Number.MIN_VALUE);
      const at = this.electorate.group_first[group]! + paid_count[group]!++;
      this.paid_for[at] = purchase;
      if (!isApproval) this.paid_marks[at] = marks[i]!;
    }
  }
}

/** Takes one out of the first `count` of a list; returns how many are left. */
function remove(one: number, list: Int32Array, count: number): number {
  const at = list.indexOf(one);
  list.copyWithin(at, at + 1, count);
  return count - 1;
}
