import { BUCKETS, featuresOf } from './features.ts';
import type { Classified, Example } from './router.ts';

/** The peer of the bench: multinomial naive Bayes with add-one smoothing on the same features. */
export function naiveBayes(examples: readonly Example[]): (text: string) => Classified {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const counts = labels.map(() => new Float32Array(BUCKETS));
  const totals = labels.map(() => 0);
  const met = new Uint8Array(BUCKETS);
  for (const { text, label } of examples) {
    const { buckets, counts: times } = featuresOf(text);
    const at = labels.indexOf(label);
    for (let i = 0; i < buckets.length; i++) {
      counts[at]![buckets[i]!]! += times[i]!;
      totals[at]! += times[i]!;
      met[buckets[i]!] = 1;
    }
  }
  const known = met.reduce((sum, one) => sum + one, 0);
  const priors = labels.map((label) =>
    Math.log(examples.filter((one) => one.label === label).length / examples.length),
  );
  return (text) => {
    const { buckets, counts: times } = featuresOf(text);
    const scores = labels.map((label, at) => {
      let score = priors[at]!;
      for (let i = 0; i < buckets.length; i++) {
        if (met[buckets[i]!]) score += times[i]! * Math.log((counts[at]![buckets[i]!]! + 1) / (totals[at]! + known));
      }
      return { label, score };
    });
    const highest = Math.max(...scores.map(({ score }) => score));
    const sum = scores.reduce((total, { score }) => total + Math.exp(score - highest), 0);
    const suggestions = scores
      .map(({ label, score }) => ({ label, probability: Math.exp(score - highest) / sum }))
      .sort((a, b) => b.probability - a.probability);
    return { suggestions, is_automatic: false };
  };
}
