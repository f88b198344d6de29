import type { Costs } from './site_problem.ts';

const FIRST_STEP = 1.5;
const LEAST_STEP = 0.002;
/** Without a better bound for so long, the steps become half as long. */
const PATIENCE = 12;

/**
 * A bound that no choice can undercut, by Lagrangian relaxation of “every point belongs to one site” and subgradient steps
 * (Narula, Ogbu and Samuelsson 1977; Beasley 1993). O(sites × points) a step.
 */
export class LowerBound {
  readonly #costs: Costs;
  #multipliers: Float64Array;
  #bestMultipliers: Float64Array;
  readonly #reduced: Float64Array;
  readonly #direction: Float64Array;
  readonly #order: Int32Array;
  #step = FIRST_STEP;
  #idle = 0;
  bound = 0;
  /** The sites of the latest step: a hint where good choices lie. */
  hint: number[] = [];

  constructor(costs: Costs, multipliers: Float64Array) {
    this.#costs = costs;
    this.#multipliers = multipliers;
    this.#bestMultipliers = multipliers.slice();
    this.#reduced = new Float64Array(costs.sites);
    this.#direction = new Float64Array(costs.points);
    this.#order = Int32Array.from({ length: costs.sites }, (_, site) => site);
  }

  get isSpent(): boolean {
    return this.#step < LEAST_STEP;
  }

  /** One step towards a better bound; `cost` is that of the best choice known. */
  improve(cost: number): void {
    const { points, of } = this.#costs;
    const value = this.#evaluate();
    if (value > this.bound + 1e-9 * (1 + this.bound)) {
      this.bound = value;
      this.#idle = 0;
      this.#bestMultipliers.set(this.#multipliers);
    } else if (++this.#idle >= PATIENCE) {
      this.#idle = 0;
      this.#step /= 2;
      this.#multipliers.set(this.#bestMultipliers);
      this.#evaluate();
    }
    const direction = this.#direction.fill(1);
    for (const site of this.hint) {
      for (let point = 0, at = site * points; point < points; point++, at++)
        if (of[at]! < this.#multipliers[point]!) direction[point] = direction[point]! - 1;
    }
    let norm = 0;
    for (let point = 0; point < points; point++) norm += direction[point]! ** 2;
    if (norm === 0) return;
    const stride = (this.#step * Math.max(cost - value, 1e-6 * (1 + cost))) / norm;
    for (let point = 0; point < points; point++)
      this.#multipliers[point] = Math.max(0, this.#multipliers[point]! + stride * direction[point]!);
  }

  /** The value at the present multipliers; `hint` and the reduced costs of all sites with it. */
  #evaluate(): number {
    const { sites, points, count, isKept, of } = this.#costs;
    const multipliers = this.#multipliers;
    const reduced = this.#reduced;
    for (let site = 0; site < sites; site++) {
      let sum = 0;
      for (let point = 0, at = site * points; point < points; point++, at++) {
        const difference = of[at]! - multipliers[point]!;
        if (difference < 0) sum += difference;
      }
      reduced[site] = sum;
    }
    this.#order.sort((a, b) => isKept[b]! - isKept[a]! || reduced[a]! - reduced[b]! || a - b);
    this.hint = Array.from(this.#order.subarray(0, count));
    let value = 0;
    for (let point = 0; point < points; point++) value += multipliers[point]!;
    for (const site of this.hint) value += reduced[site]!;
    return value;
  }

  /**
   * Sites that no choice cheaper than `cost` can open, by the reduced costs at the best multipliers: opening one raises the
   * bound to `cost` or more.
   */
  hopeless(cost: number): Uint8Array {
    this.#multipliers.set(this.#bestMultipliers);
    const value = this.#evaluate();
    const { sites, count } = this.#costs;
    const isChosen = new Uint8Array(sites);
    for (const site of this.hint) isChosen[site] = 1;
    const dearest = this.#reduced[this.#order[count - 1]!]!;
    return Uint8Array.from(isChosen, (is, site) => (!is && value + this.#reduced[site]! - dearest >= cost ? 1 : 0));
  }
}
