import type { Random } from './random.ts';
import type { Costs } from './site_problem.ts';

/** A swap below this is rounding, not a gain. */
const LEAST_GAIN = 1e-9;

/**
 * Open sites with every point's nearest and second nearest of them, improved by swaps: the fast interchange of Whitaker
 * (1983) with the losses and extras of Resende and Werneck (“A fast swap-based local search procedure for location
 * problems”, 2007). One site against all open ones: O(points + count); a swap: O(points × count) at worst.
 */
export class Choice {
  readonly #costs: Costs;
  readonly #isOpen: Uint8Array;
  #open: number[] = [];
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #firstCost: Float64Array;
  readonly #secondCost: Float64Array;
  readonly #loss: Float64Array;
  readonly #extra: Float64Array;
  cost = Number.POSITIVE_INFINITY;

  constructor(costs: Costs) {
    this.#costs = costs;
    this.#isOpen = new Uint8Array(costs.sites);
    this.#first = new Int32Array(costs.points);
    this.#second = new Int32Array(costs.points);
    this.#firstCost = new Float64Array(costs.points);
    this.#secondCost = new Float64Array(costs.points);
    this.#loss = new Float64Array(costs.sites);
    this.#extra = new Float64Array(costs.sites);
  }

  get open(): number[] {
    return this.#open.slice().sort((a, b) => a - b);
  }

  /** What every point costs at its second nearest open site; Infinity with one open. A good start for multipliers. */
  secondCosts(): Float64Array {
    return this.#secondCost.slice();
  }

  set(open: number[]): void {
    this.#open = open.slice();
    this.#isOpen.fill(0);
    for (const site of open) this.#isOpen[site] = 1;
    for (let point = 0; point < this.#costs.points; point++) this.#findNearest(point);
    this.#addUp();
  }

  #findNearest(point: number): void {
    const { of, points } = this.#costs;
    let first = -1;
    let second = -1;
    let firstCost = Number.POSITIVE_INFINITY;
    let secondCost = Number.POSITIVE_INFINITY;
    for (const site of this.#open) {
      const cost = of[site * points + point]!;
      if (cost < firstCost) {
        second = first;
        secondCost = firstCost;
        first = site;
        firstCost = cost;
      } else if (cost < secondCost) {
        second = site;
        secondCost = cost;
      }
    }
    this.#first[point] = first;
    this.#second[point] = second;
    this.#firstCost[point] = firstCost;
    this.#secondCost[point] = secondCost;
  }

  #addUp(): void {
    this.#loss.fill(0);
    let cost = 0;
    for (let point = 0; point < this.#costs.points; point++) {
      cost += this.#firstCost[point]!;
      const site = this.#first[point]!;
      this.#loss[site] = this.#loss[site]! + this.#secondCost[point]! - this.#firstCost[point]!;
    }
    this.cost = cost;
  }

  swap(opened: number, closed: number): void {
    const { of, points } = this.#costs;
    this.#isOpen[opened] = 1;
    this.#isOpen[closed] = 0;
    this.#open[this.#open.indexOf(closed)] = opened;
    for (let point = 0, at = opened * points; point < points; point++, at++) {
      const cost = of[at]!;
      if (this.#first[point] === closed || this.#second[point] === closed) this.#findNearest(point);
      else if (cost < this.#firstCost[point]!) {
        this.#second[point] = this.#first[point]!;
        this.#secondCost[point] = this.#firstCost[point]!;
        this.#first[point] = opened;
        this.#firstCost[point] = cost;
      } else if (cost < this.#secondCost[point]!) {
        this.#second[point] = opened;
        this.#secondCost[point] = cost;
      }
    }
    this.#addUp();
  }

  /** Swaps as long as one swap gains, or until `isOver`. With one open site the losses are infinite: all are compared. */
  settle(isOver: () => boolean): void {
    const { sites } = this.#costs;
    for (let site = 0, quiet = 0; quiet < sites; site = site + 1 === sites ? 0 : site + 1) {
      quiet++;
      if (this.#isOpen[site]) continue;
      if (site % 64 === 0 && isOver()) return;
      const closed = this.#bestToClose(site);
      if (closed < 0) continue;
      this.swap(site, closed);
      quiet = 0;
    }
  }

  /** The open site whose closing gains most when `site` is opened, or -1 when none gains. */
  #bestToClose(site: number): number {
    const { of, points, isKept } = this.#costs;
    if (this.#open.length === 1) return this.#bestAlone(site);
    const extra = this.#extra;
    for (const open of this.#open) extra[open] = 0;
    let gain = 0;
    for (let point = 0, at = site * points; point < points; point++, at++) {
      const cost = of[at]!;
      const second = this.#secondCost[point]!;
      if (cost >= second) continue;
      const nearest = this.#first[point]!;
      const first = this.#firstCost[point]!;
      if (cost < first) {
        gain += first - cost;
        extra[nearest] = extra[nearest]! + second - first;
      } else extra[nearest] = extra[nearest]! + second - cost;
    }
    let best = -1;
    let most = LEAST_GAIN * (1 + this.cost);
    for (const open of this.#open) {
      const gained = gain - this.#loss[open]! + extra[open]!;
      if (isKept[open] || gained <= most) continue;
      most = gained;
      best = open;
    }
    return best;
  }

  #bestAlone(site: number): number {
    const { of, points, isKept } = this.#costs;
    let cost = 0;
    for (let point = 0; point < points; point++) cost += of[site * points + point]!;
    const open = this.#open[0]!;
    return !isKept[open] && cost < this.cost - LEAST_GAIN * (1 + this.cost) ? open : -1;
  }

  /** Swaps so many sites by chance. */
  shake(swaps: number, random: Random): void {
    const { sites, isKept } = this.#costs;
    for (let left = swaps; left > 0; left--) {
      const closed = this.#open[random.below(this.#open.length)]!;
      const opened = random.below(sites);
      if (!isKept[closed] && !this.#isOpen[opened]) this.swap(opened, closed);
    }
  }
}

/** Opens one site after the other, each time the one that saves most. O(count × sites × points). */
export function greedySites({ sites, points, count, of, isKept }: Costs): number[] {
  const open: number[] = [];
  const nearest = new Float64Array(points).fill(Number.POSITIVE_INFINITY);
  const isOpen = new Uint8Array(sites);
  const add = (site: number) => {
    open.push(site);
    isOpen[site] = 1;
    for (let point = 0; point < points; point++) nearest[point] = Math.min(nearest[point]!, of[site * points + point]!);
  };
  for (let site = 0; site < sites; site++) if (isKept[site]) add(site);
  while (open.length < count) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let site = 0; site < sites; site++) {
      if (isOpen[site]) continue;
      let cost = 0;
      for (let point = 0, at = site * points; point < points; point++, at++) {
        const alone = of[at]!;
        const before = nearest[point]!;
        cost += Math.min(alone, before);
      }
      if (cost >= least) continue;
      least = cost;
      best = site;
    }
    add(best);
  }
  return open;
}
