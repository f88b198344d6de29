import { type Election, ElectionError } from './election.ts';
import { type Electorate, gatherElectorate, marksFor } from './electorate.ts';
import { comparePrices, ExactPrices, type Price } from './exact_prices.ts';
import { ZERO } from './fraction.ts';

const ULP = 2 ** -52;

/**
 * Phragmén's sequential rule for approval votes: money reaches all voters at one pace from nothing, and as soon as the
 * supporters of a project hold its cost together they buy it and are left with nothing. As in pabutools it ends at the first
 * moment when one of the projects that could be bought does not fit the budget, and projects that nobody supports come
 * last, when all of them fit. Exact, as `SharesMarket` is.
 */
export function choosePhragmen(election: Election, ranks: Int32Array): number[] {
  if (election.vote_type !== 'approval' && election.vote_type !== 'choose-1')
    throw new ElectionError('rule_unfit', `Phragmén's rule needs approval votes; these are ${election.vote_type}`);
  const electorate = gatherElectorate(election, 'cardinality');
  const { costs, budget } = electorate;
  const affordable = costs.map((_, project) => project).filter((project) => costs[project]! <= budget);
  const supported = affordable.filter((project) => marksFor(electorate, project) > 0);
  const rest = affordable.filter((project) => marksFor(electorate, project) === 0);
  const selected: number[] = [];
  const loads = new Loads(electorate, supported);
  let spent = 0n;
  for (;;) {
    const tied = loads.remaining > 0 ? loads.earliest() : rest.filter((project) => !selected.includes(project));
    if (tied.length === 0 || tied.some((project) => costs[project]! + spent > budget)) return selected;
    const project = tied.reduce((best, one) => (ranks[one]! < ranks[best]! ? one : best));
    if (loads.remaining > 0) loads.buy(project);
    selected.push(project);
    spent += costs[project]!;
  }
}

/** When each project would be bought, in money handed to every voter so far; it never falls, so earlier values are bounds. */
class Loads {
  private readonly electorate: Electorate;
  private readonly exact = new ExactPrices(ZERO);
  private readonly costs: Float64Array;
  private readonly votes: Float64Array;
  private readonly load: Float64Array;
  /** The purchase at which a group paid last; -1 before its first. */
  private readonly last: Int32Array;
  private readonly held: Float64Array;
  private readonly bound: Float64Array;
  private waiting: number[];

  constructor(electorate: Electorate, projects: number[]) {
    this.electorate = electorate;
    this.waiting = [...projects];
    this.costs = Float64Array.from(electorate.costs, Number);
    this.votes = Float64Array.from(electorate.costs, (_, project) => marksFor(electorate, project));
    this.load = new Float64Array(electorate.weights.length);
    this.last = new Int32Array(electorate.weights.length).fill(-1);
    this.held = new Float64Array(electorate.costs.length);
    this.bound = this.costs.map((cost, project) => (cost / this.votes[project]!) * (1 - 4 * ULP));
  }

  get remaining(): number {
    return this.waiting.length;
  }

  /** Every project that would be bought first. */
  earliest(): number[] {
    this.waiting.sort((a, b) => this.bound[a]! - this.bound[b]!);
    let best = Number.POSITIVE_INFINITY;
    const seen: { project: number; low: number }[] = [];
    for (const project of this.waiting) {
      if (this.bound[project]! > best) break;
      const { low, high } = this.look(project);
      this.bound[project] = Math.max(this.bound[project]!, low);
      seen.push({ project, low });
      best = Math.min(best, high);
    }
    let tied: { project: number; price: Price }[] = [];
    for (const { project, low } of seen) {
      if (low > best) continue;
      const price = this.exactly(project);
      const order = tied.length > 0 ? comparePrices(price, 1n, tied[0]!.price, 1n) : -1;
      if (order < 0) tied = [{ project, price }];
      else if (order === 0) tied.push({ project, price });
    }
    return tied.map(({ project }) => project);
  }

  private look(project: number): { low: number; high: number } {
    const { first, supporters, weights } = this.electorate;
    let sum = this.costs[project]!;
    for (let i = first[project]!; i < first[project + 1]!; i++)
      sum += this.load[supporters[i]!]! * weights[supporters[i]!]!;
    const value = sum / this.votes[project]!;
    const error = (first[project + 1]! - first[project]! + 16) * 2 * ULP;
    return { low: value * (1 - error), high: value * (1 + error) };
  }

  private exactly(project: number): Price {
    const { first, supporters, weights, costs } = this.electorate;
    this.held.fill(0);
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      const group = supporters[i]!;
      if (this.last[group]! >= 0) this.held[this.last[group]!]! += weights[group]!;
    }
    return this.exact.priceOf(costs[project]!, 0, this.held, this.votes[project]!);
  }

  buy(project: number): void {
    const { first, supporters } = this.electorate;
    const price = this.exactly(project);
    const load = this.exact.toDouble(price);
    for (let i = first[project]!; i < first[project + 1]!; i++) {
      this.load[supporters[i]!] = load;
      this.last[supporters[i]!] = this.exact.count;
    }
    this.exact.pay(price);
    this.waiting = this.waiting.filter((one) => one !== project);
  }
}
