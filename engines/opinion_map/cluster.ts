/** Points of the plane, x and y in turn, each with a weight: how many people stand there. */
export type Weighted = { points: Float64Array; weights: Float64Array };

export type Clusters = {
  /** For each point the cluster it is in, from 0. */
  of: Int32Array;
  centres: Float64Array;
  inertia: number;
};

const ROUNDS = 50;
const STARTS = 8;

/**
 * k-means on weighted points, the same every time: it starts from points spread evenly from left to right, each next centre
 * being the point with most weight × distance² to those before, and the best of these starts is kept.
 * O(starts × rounds × points × k).
 */
export function kMeans(weighted: Weighted, k: number, starts = STARTS): Clusters {
  const { points, weights } = weighted;
  const order = [...weights.keys()].sort(
    (a, b) => points[a * 2]! - points[b * 2]! || points[a * 2 + 1]! - points[b * 2 + 1]!,
  );
  let best: Clusters | undefined;
  for (let start = 0; start < Math.min(starts, order.length); start++) {
    const first = order[Math.floor(((start + 0.5) * order.length) / Math.min(starts, order.length))]!;
    const found = settle(weighted, spread(weighted, k, first));
    if (!best || found.inertia < best.inertia - 1e-9) best = found;
  }
  return best ?? { of: new Int32Array(0), centres: new Float64Array(0), inertia: 0 };
}

const squared = (a: Float64Array, i: number, b: Float64Array, j: number) =>
  (a[i * 2]! - b[j * 2]!) ** 2 + (a[i * 2 + 1]! - b[j * 2 + 1]!) ** 2;

function spread({ points, weights }: Weighted, k: number, first: number): Float64Array {
  const centres = new Float64Array(k * 2);
  const nearest = new Float64Array(weights.length).fill(Number.POSITIVE_INFINITY);
  let next = first;
  for (let c = 0; c < k; c++) {
    centres.set(points.subarray(next * 2, next * 2 + 2), c * 2);
    let most = -1;
    for (let i = 0; i < weights.length; i++) {
      nearest[i] = Math.min(nearest[i]!, squared(points, i, centres, c));
      const pull = weights[i]! * nearest[i]!;
      if (pull > most) [most, next] = [pull, i];
    }
  }
  return centres;
}

function settle({ points, weights }: Weighted, centres: Float64Array): Clusters {
  const k = centres.length / 2;
  const of = new Int32Array(weights.length).fill(-1);
  let inertia = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let isMoving = false;
    inertia = 0;
    const sums = new Float64Array(k * 3);
    for (let i = 0; i < of.length; i++) {
      let [best, least] = [0, Number.POSITIVE_INFINITY];
      for (let c = 0; c < k; c++) {
        const distance = squared(points, i, centres, c);
        if (distance < least) [best, least] = [c, distance];
      }
      if (of[i] !== best) isMoving = true;
      of[i] = best;
      inertia += weights[i]! * least;
      sums[best * 3]! += weights[i]! * points[i * 2]!;
      sums[best * 3 + 1]! += weights[i]! * points[i * 2 + 1]!;
      sums[best * 3 + 2]! += weights[i]!;
    }
    if (!isMoving) break;
    for (let c = 0; c < k; c++)
      if (sums[c * 3 + 2]! > 0) {
        centres[c * 2] = sums[c * 3]! / sums[c * 3 + 2]!;
        centres[c * 2 + 1] = sums[c * 3 + 1]! / sums[c * 3 + 2]!;
      }
  }
  return { of, centres, inertia };
}

/**
 * The mean silhouette (Rousseeuw 1987): from −1 to 1, how much nearer people stand to their own cluster than to the next.
 * People at one point count as that many, at no distance from each other. O(points²).
 */
export function silhouette({ points, weights }: Weighted, of: Int32Array, k: number): number {
  let [sum, people] = [0, 0];
  const sizes = new Float64Array(k);
  weights.forEach((weight, i) => {
    sizes[of[i]!]! += weight;
  });
  for (let i = 0; i < weights.length; i++) {
    const far = new Float64Array(k);
    for (let j = 0; j < weights.length; j++) far[of[j]!]! += weights[j]! * Math.sqrt(squared(points, i, points, j));
    const own = of[i]!;
    people += weights[i]!;
    if (sizes[own]! <= 1) continue;
    const within = far[own]! / (sizes[own]! - 1);
    let between = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) if (c !== own && sizes[c]! > 0) between = Math.min(between, far[c]! / sizes[c]!);
    const widest = Math.max(within, between);
    if (widest > 0 && Number.isFinite(between)) sum += (weights[i]! * (between - within)) / widest;
  }
  return people === 0 ? 0 : sum / people;
}

/** Weighted points that stand for many: at most so many, each the mean of those nearest to it, and which one each person is at. */
export function gather(points: Float64Array, most: number): { base: Weighted; at: Int32Array } {
  const places = new Map<string, number>();
  const at = new Int32Array(points.length / 2);
  const [xs, weights]: [number[], number[]] = [[], []];
  for (let i = 0; i < at.length; i++) {
    const key = `${points[i * 2]!.toFixed(9)} ${points[i * 2 + 1]!.toFixed(9)}`;
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      places.set(key, place);
      xs.push(points[i * 2]!, points[i * 2 + 1]!);
      weights.push(0);
    }
    at[i] = place;
    weights[place]!++;
  }
  const all: Weighted = { points: Float64Array.from(xs), weights: Float64Array.from(weights) };
  if (weights.length <= most) return { base: all, at };
  const { of, centres } = kMeans(all, most, 1);
  const base: Weighted = { points: centres, weights: new Float64Array(most) };
  for (let i = 0; i < at.length; i++) {
    at[i] = of[at[i]!]!;
    base.weights[at[i]!]!++;
  }
  return { base, at };
}
