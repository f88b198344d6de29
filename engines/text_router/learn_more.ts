import { featuresOf } from './features.ts';
import { type Example, type Router, RouterError } from './router.ts';
import { fit } from './separate.ts';
import { rowsOf, type Vocabulary } from './vocabulary.ts';

/** New features and labels begin with nothing; a feature nobody met before counts as one met once. */
const RARE = 0.2;

/**
 * A router that has also learnt from further examples, without the earlier ones: the same objective is fitted on, with
 * what was learnt before held as it stands. New words and new labels are taken in. Probabilities stay calibrated as they
 * were and the automatic threshold as it is; train anew (at night, say) to measure both again. The router given is not
 * changed. O(model + examples).
 *
 * Errors: RouterError `label_empty` for an example without a label.
 */
export function learnMore(router: Router, examples: readonly Example[]): Router {
  if (examples.some(({ label }) => label === '')) throw new RouterError('label_empty', 'an example has no label');
  const texts = examples.map(({ text }) => featuresOf(text));
  const known = new Set(router.labels);
  const labels = [
    ...router.labels,
    ...[...new Set(examples.map(({ label }) => label))].filter((one) => !known.has(one)).sort(),
  ];
  const buckets = new Set(texts.flatMap((text) => Array.from(text.buckets)));
  const fresh = [...buckets].filter((bucket) => router.vocabulary.columns[bucket]! < 0).sort((a, b) => a - b);
  const vocabulary = widen(router.vocabulary, fresh, Math.log(1 + router.examples) * RARE);
  const linear = {
    label_count: labels.length,
    weights: new Float32Array(vocabulary.buckets.length * labels.length),
    // A label nobody had heard of is unlikely until texts speak for it.
    bias: new Float64Array(labels.length).fill(-1),
  };
  linear.bias.set(router.linear.bias);
  for (let column = 0; column < router.vocabulary.buckets.length; column++) {
    for (let label = 0; label < router.labels.length; label++) {
      linear.weights[column * labels.length + label] = router.linear.weights[column * router.labels.length + label]!;
    }
  }
  const numbers = new Map(labels.map((label, at) => [label, at]));
  fit(
    linear,
    rowsOf(texts, vocabulary),
    Int32Array.from(examples, ({ label }) => numbers.get(label)!),
  );
  const { scale, shift } = router.calibration;
  const mean = scale.reduce((sum, one) => sum + one, 0) / scale.length;
  const calibration = {
    scale: Float64Array.from(labels, (_, at) => scale[at] ?? mean),
    shift: Float64Array.from(labels, (_, at) => shift[at] ?? 0),
  };
  return { ...router, labels, vocabulary, linear, calibration, examples: router.examples + examples.length };
}

function widen(vocabulary: Vocabulary, fresh: number[], weight: number): Vocabulary {
  const size = vocabulary.buckets.length;
  const columns = vocabulary.columns.slice();
  for (const [at, bucket] of fresh.entries()) columns[bucket] = size + at;
  const buckets = new Int32Array(size + fresh.length);
  buckets.set(vocabulary.buckets);
  buckets.set(fresh, size);
  const weights = new Float32Array(size + fresh.length).fill(weight);
  weights.set(vocabulary.weights);
  return { columns, buckets, weights };
}
