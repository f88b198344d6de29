import { type Electorate, marksFor } from './electorate.ts';

/**
 * The supporters of each project during a run, in three parts of its stretch of the arrays: first those with nothing left, up to
 * `poor`; then those who have less than the price, up to `rich`; then the others, up to `end`. Nobody goes back, since prices
 * rise and money is spent, so that the parts are looked at without guessing, and the first never again.
 */
export class Supporters {
  readonly groups: Int32Array;
  readonly marks: Float64Array;
  readonly weights: Int32Array;
  /** Every mark is 1: most elections; then marks are not even read, which halves the memory that is gone through. */
  readonly isApproval: boolean;
  readonly poor: Int32Array;
  readonly rich: Int32Array;
  readonly end: Int32Array;
  /** All marks of the rich, and the most of anybody. */
  readonly rich_marks: Float64Array;
  readonly most_marks: Float64Array;
  readonly voters: Float64Array;
  /** The money of those whom the last `partRich` moved. */
  moved = 0;
  private readonly all_marks: Float64Array;

  constructor(electorate: Electorate) {
    const { first, supporters, marks, weights, costs } = electorate;
    this.groups = supporters.slice();
    this.marks = marks.slice();
    this.weights = Int32Array.from(supporters, (group) => weights[group]!);
    this.isApproval = marks.every((mark) => mark === 1);
    this.poor = first.slice(0, costs.length);
    this.rich = first.slice(0, costs.length);
    this.end = first.slice(1);
    this.all_marks = Float64Array.from(costs, (_, project) => marksFor(electorate, project));
    this.rich_marks = this.all_marks.slice();
    this.most_marks = new Float64Array(costs.length);
    this.voters = new Float64Array(costs.length);
    for (let project = 0; project < costs.length; project++)
      for (let i = first[project]!; i < first[project + 1]!; i++) {
        this.most_marks[project] = Math.max(this.most_marks[project]!, marks[i]!);
        this.voters[project]! += this.weights[i]!;
      }
  }

  /** Everybody is rich again. */
  reset(first: Int32Array): void {
    this.poor.set(first.subarray(0, this.poor.length));
    this.rich.set(this.poor);
    this.rich_marks.set(this.all_marks);
  }

  /** What a mark costs when the rich share so much alike; 0 when there are none. */
  priceFrom(project: number, money: number): number {
    const rich = this.rich_marks[project]!;
    return rich > 0 ? money / rich : 0;
  }

  /** All that the poor have; those with nothing are moved before them. */
  poorMoney(project: number, left: Float64Array): number {
    const { groups, weights } = this;
    const to = this.rich[project]!;
    let sum = 0;
    for (let i = this.poor[project]!; i < to; i++) {
      const has = left[groups[i]!]!;
      if (has > 0) sum += has * weights[i]!;
      else this.swap(i, this.poor[project]!++);
    }
    return sum;
  }

  /** Moves those of the rich who have less than the price to the poor (`moved`: their money); returns the least anybody has beyond it. */
  partRich(project: number, price: number, left: Float64Array): number {
    const { groups, marks, weights, isApproval } = this;
    const to = this.end[project]!;
    let tightest = Number.POSITIVE_INFINITY;
    let moved = 0;
    for (let i = this.rich[project]!; i < to; i++) {
      const has = left[groups[i]!]!;
      const over = has - (isApproval ? price : price * marks[i]!);
      if (over >= 0) {
        if (over < tightest) tightest = over;
        continue;
      }
      moved += has * weights[i]!;
      this.rich_marks[project]! -= marks[i]! * weights[i]!;
      this.swap(i, this.rich[project]!++);
      if (has === 0) this.swap(this.rich[project]! - 1, this.poor[project]!++);
    }
    this.moved = moved;
    return tightest;
  }

  private swap(i: number, j: number): void {
    const { groups, marks, weights } = this;
    const group = groups[i]!;
    const weight = weights[i]!;
    groups[i] = groups[j]!;
    weights[i] = weights[j]!;
    groups[j] = group;
    weights[j] = weight;
    if (this.isApproval) return;
    const mark = marks[i]!;
    marks[i] = marks[j]!;
    marks[j] = mark;
  }
}
