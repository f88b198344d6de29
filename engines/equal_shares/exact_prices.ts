import { doubleOf, type Fraction, greatestCommonDivisor } from './fraction.ts';

/**
 * What voters have left, exactly. Somebody who has paid every price in full has `endowment - Σ marks × price`, so sums over
 * voters are whole numbers of endowments and prices; those are kept over one common denominator that grows with each purchase.
 * One evaluation costs a multiplication of a long by a short integer for each purchase, however many voters it stands for.
 */
export class ExactPrices {
  private denominator: bigint;
  private endowment: bigint;
  private readonly prices: bigint[] = [];

  constructor(endowment: Fraction) {
    this.denominator = endowment.den;
    this.endowment = endowment.num;
  }

  get count(): number {
    return this.prices.length;
  }

  /** `voters × endowment - Σ paid[k] × price k`, times the common denominator. */
  private left(voters: number, paid: Float64Array): bigint {
    let sum = BigInt(voters) * this.endowment;
    for (let k = 0; k < this.prices.length; k++) if (paid[k]! > 0) sum -= BigInt(paid[k]!) * this.prices[k]!;
    return sum;
  }

  /** The price of a mark when so many voters give all they have left and the rest pay by their marks. */
  priceOf(cost: bigint, poor_voters: number, poor_paid: Float64Array, rich_marks: number): Price {
    return { above: cost * this.denominator - this.left(poor_voters, poor_paid), below: BigInt(rich_marks) };
  }

  /** What one voter has left beyond `marks × price`, times a positive number: only its sign tells. */
  surplus(price: Price, marks: number, paid: Float64Array): bigint {
    return this.left(1, paid) * price.below - price.above * BigInt(marks);
  }

  toDouble({ above, below }: Price): number {
    return doubleOf(above, below * this.denominator);
  }

  /** Puts a price among those paid; returns it, not in lowest terms: most steps of add1 are thrown away. */
  pay({ above, below }: Price): Fraction {
    const divisor = greatestCommonDivisor(above, below);
    const growth = below / divisor;
    if (growth !== 1n) {
      this.denominator *= growth;
      this.endowment *= growth;
      for (let k = 0; k < this.prices.length; k++) this.prices[k]! *= growth;
    }
    this.prices.push(above / divisor);
    return { num: above / divisor, den: this.denominator };
  }
}

/** `above / below`, over the common denominator of its moment: comparable until the next purchase. */
export type Price = { above: bigint; below: bigint };

/** Compares `price a / worth a` with `price b / worth b`: who gives more utility for the money comes first. */
export function comparePrices(a: Price, worth_a: bigint, b: Price, worth_b: bigint): number {
  const difference = a.above * b.below * worth_b - b.above * a.below * worth_a;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
