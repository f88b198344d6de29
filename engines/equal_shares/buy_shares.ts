import { type Electorate, marksFor } from './electorate.ts';
import { comparePrices, ExactPrices, type Price } from './exact_prices.ts';
import { doubleOf, type Fraction } from './fraction.ts';

/** One project bought: every supporter pays `price` small units a mark, or all they have left when that is less. */
export type Purchase = { project: number; price: Fraction };

/** The Method of Equal Shares with one endowment: purchases in order, and their cost in small units. */
export type Run = { endowment: Fraction; purchases: Purchase[]; spent: bigint };

/** Rounding of one double operation. */
const ULP = 2 ** -52;
/** Voters whose money differs from the price by less than this share of the endowment are looked at exactly. */
const NEAR = 1e-9;
const GONE = -1;

/**
 * Buys projects from equal endowments until nobody can pay for another (Peters, Pierczyński, Skowron 2021, with the
 * tie order given). Doubles with proven error bounds decide what is clear; what is not (ties, near ties, money that just
 * suffices) is decided in whole numbers, so that the outcome is that of exact arithmetic.
 *
 * The price of a project only rises while money is spent, so prices found earlier are lower bounds: projects are visited
 * in their order, and those whose bound is above the best price are left alone for the round.
 */
export class SharesMarket {
  private readonly electorate: Electorate;
  private readonly ranks: Int32Array;
  private readonly costs: Float64Array;
  private readonly worth: Float64Array;
  private readonly all_marks: Float64Array;
  private readonly all_voters: Float64Array;
  private readonly free: number[];
  // The state of one run; kept between runs so that steps of add1 allocate nothing large.
  private exact!: ExactPrices;
  private readonly left: Float64Array;
  private readonly bound: Float64Array;
  private readonly bought: Int32Array;
  private readonly paid: Float64Array;
  private readonly own: Float64Array;
  private readonly order: Int32Array;
  private waiting = 0;
  private near = 0;
  private slack = 0;
  // What the last look at a project found.
  private low = 0;
  private high = 0;
  private price = 0;
  private poor_money = 0;
  private rich_marks = 0;

  constructor(electorate: Electorate, ranks: Int32Array) {
    const count = electorate.costs.length;
    this.electorate = electorate;
    this.ranks = ranks;
    this.costs = Float64Array.from(electorate.costs, Number);
    this.worth = Float64Array.from(electorate.worth, Number);
    this.all_marks = Float64Array.from(electorate.costs, (_, project) => marksFor(electorate, project));
    this.all_voters = Float64Array.from(electorate.costs, (_, project) => votersFor(electorate, project));
    const supported = electorate.costs.map((_, project) => project).filter((project) => this.all_marks[project]! > 0);
    this.free = supported.filter((project) => electorate.costs[project] === 0n).sort((a, b) => ranks[a]! - ranks[b]!);
    this.left = new Float64Array(electorate.weights.length);
    this.bound = new Float64Array(count);
    this.bought = new Int32Array(count);
    this.paid = new Float64Array(count);
    this.own = new Float64Array(count);
    this.order = new Int32Array(count);
  }

  /** Projects that cost nothing and are supported: they are in every outcome, before the first purchase. */
  get freeProjects(): readonly number[] {
    return this.free;
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
    this.bought.fill(GONE);
    this.near = each * NEAR;
    this.slack = each * (4 * costs.length + 16) * ULP;
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
    let best = Number.POSITIVE_INFINITY;
    const seen: { project: number; low: number }[] = [];
    let kept = 0;
    let at = 0;
    for (; at < this.waiting; at++) {
      const project = this.order[at]!;
      if (this.bound[project]! > best) break;
      if (!this.look(project)) continue;
      this.order[kept++] = project;
      this.bound[project] = Math.max(this.bound[project]!, this.low);
      seen.push({ project, low: this.low });
      best = Math.min(best, this.high);
    }
    for (; at < this.waiting; at++) this.order[kept++] = this.order[at]!;
    this.waiting = kept;
    const close = seen.filter(({ low }) => low <= best);
    if (close.length === 0) return null;
    const { worth } = this.electorate;
    let winner: { project: number; price: Price } | null = null;
    for (const { project } of close) {
      const price = this.exactPrice(project)!;
      const order = winner ? comparePrices(price, worth[project]!, winner.price, worth[winner.project]!) : -1;
      if (order < 0 || (order === 0 && this.ranks[project]! < this.ranks[winner!.project]!))
        winner = { project, price };
    }
    for (let i = 0, to = 0; i < this.waiting; i++)
      if (this.order[i] !== winner!.project) this.order[to++] = this.order[i]!;
    this.waiting--;
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
   * pay it any more.
   */
  private look(project: number): boolean {
    const { first, supporters, marks } = this.electorate;
    this.approach(project);
    // All give everything: too little is clear, just enough is not.
    if (this.rich_marks === 0)
      return this.poor_money < this.costs[project]! - this.errorOf(project) ? false : this.lookExactly(project);
    const error = this.errorOf(project) / this.rich_marks + this.price * 8 * ULP;
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const has = this.left[supporters[i]!]!;
      const mark = marks[i]!;
      if (has > 0 && Math.abs(has - this.price * mark) <= this.near + error * mark) return this.lookExactly(project);
    }
    const worth = this.worth[project]!;
    this.low = ((this.price - error) / worth) * (1 - 4 * ULP);
    this.high = ((this.price + error) / worth) * (1 + 4 * ULP);
    return true;
  }

  /** From below, lets the price of a mark rise until nobody who should pay in full has less, or all give all they have. */
  private approach(project: number): void {
    const { first, supporters, marks, weights } = this.electorate;
    const [from, to, cost, left] = [first[project]!, first[project + 1]!, this.costs[project]!, this.left];
    let price = this.bound[project]! * this.worth[project]!;
    for (;;) {
      let poor = 0;
      let rich = 0;
      for (let i = from; i < to; i++) {
        const group = supporters[i]!;
        const has = left[group]!;
        if (has < price * marks[i]!) poor += has * weights[group]!;
        else rich += marks[i]! * weights[group]!;
      }
      const next = (cost - poor) / rich;
      this.price = price;
      this.poor_money = poor;
      this.rich_marks = rich;
      if (rich === 0 || next <= price * (1 + 2 * ULP)) return;
      price = next;
    }
  }

  /** A bound on the rounding in a sum over a project's supporters: of every voter's money, and of the adding up. */
  private errorOf(project: number): number {
    const entries = this.electorate.first[project + 1]! - this.electorate.first[project]!;
    return this.all_voters[project]! * this.slack + (entries + 16) * 2 * ULP * this.costs[project]!;
  }

  private lookExactly(project: number): boolean {
    const price = this.exactPrice(project);
    if (!price) return false;
    const value = this.exact.toDouble(price) / this.worth[project]!;
    this.low = value * (1 - 8 * ULP);
    this.high = value * (1 + 8 * ULP);
    return true;
  }

  /** The price of a mark in whole numbers; null when the supporters cannot pay. Voters near the price are asked one by one. */
  private exactPrice(project: number): Price | null {
    const { first, supporters, marks, weights } = this.electorate;
    this.approach(project);
    const error = 2 * this.errorOf(project);
    this.paid.fill(0);
    let poor = 0;
    let rich = 0;
    let close: { group: number; mark: number }[] = [];
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      const mark = marks[i]!;
      const has = this.left[group]!;
      if (has === 0) continue;
      const over = has - this.price * mark;
      const band = this.near + error * mark;
      if (over < -band) {
        poor += weights[group]!;
        this.addPaid(this.paid, group, weights[group]!);
      } else {
        rich += mark * weights[group]!;
        if (over <= band) close.push({ group, mark });
      }
    }
    const cost = this.electorate.costs[project]!;
    for (;;) {
      if (rich === 0) return null;
      const price = this.exact.priceOf(cost, poor, this.paid, rich);
      const rest = close.filter(({ group, mark }) => this.affords(price, group, mark));
      if (rest.length === close.length) return price;
      for (const { group, mark } of close) {
        if (rest.some((one) => one.group === group)) continue;
        poor += weights[group]!;
        rich -= mark * weights[group]!;
        this.addPaid(this.paid, group, weights[group]!);
      }
      close = rest;
    }
  }

  private addPaid(paid: Float64Array, group: number, weight: number): void {
    const { group_first, group_projects, group_marks } = this.electorate;
    for (let i = group_first[group]!; i < group_first[group + 1]!; i++) {
      const k = this.bought[group_projects[i]!]!;
      if (k >= 0) paid[k]! += group_marks[i]! * weight;
    }
  }

  /** Whether a voter of the group has at least `price × mark` left; exact. */
  private affords(price: Price, group: number, mark: number): boolean {
    return this.exact.surplus(price, mark, this.paidBy(group)) >= 0n;
  }

  private paidBy(group: number): Float64Array {
    this.own.fill(0);
    this.addPaid(this.own, group, 1);
    return this.own;
  }

  /** Takes the price from every supporter; who has no more than it is left with nothing. */
  private charge(project: number, price: Price): void {
    const { first, supporters, marks } = this.electorate;
    const each = this.exact.toDouble(price);
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      const has = this.left[group]!;
      if (has === 0) continue;
      const rest = has - each * marks[i]!;
      const isClear = Math.abs(rest) > this.near;
      const isSpent = isClear ? rest < 0 : this.exact.surplus(price, marks[i]!, this.paidBy(group)) <= 0n;
      // Less than the doubles can tell is still something.
      this.left[group] = isSpent ? 0 : Math.max(rest, Number.MIN_VALUE);
    }
    this.bought[project] = this.exact.count;
  }
}

function votersFor({ first, supporters, weights }: Electorate, project: number): number {
  let sum = 0;
  for (let i = first[project]!; i < first[project + 1]!; i++) sum += weights[supporters[i]!]!;
  return sum;
}
