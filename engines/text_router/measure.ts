import type { Classified } from './router.ts';

export type Measured = {
  accuracy: number;
  /** Mean over labels of the harmonic mean of precision and recall; labels met in texts or given to them. */
  macro_f1: number;
  /** Share of texts whose label is among the three likeliest. */
  top3: number;
  /** Of the texts routed without a person: the share that is right (null when there are none), and their share of all. */
  auto: { precision: number | null; coverage: number };
};

/** How well texts were classified, beside the labels they should have. O(n × labels). */
export function measure(answers: readonly { classified: Classified; label: string }[]): Measured {
  const counts = new Map<string, { right: number; given: number; wanted: number }>();
  const countOf = (label: string) => {
    const known = counts.get(label) ?? { right: 0, given: 0, wanted: 0 };
    counts.set(label, known);
    return known;
  };
  const sums = { right: 0, top3: 0, auto: 0, auto_right: 0 };
  for (const { classified, label } of answers) {
    const likeliest = classified.suggestions[0]!.label;
    const isRight = likeliest === label;
    countOf(label).wanted++;
    countOf(likeliest).given++;
    if (isRight) countOf(label).right++;
    if (isRight) sums.right++;
    if (classified.suggestions.slice(0, 3).some((one) => one.label === label)) sums.top3++;
    if (classified.is_automatic) sums.auto++;
    if (classified.is_automatic && isRight) sums.auto_right++;
  }
  const f1 = [...counts.values()].map(({ right, given, wanted }) => (2 * right) / (given + wanted));
  return {
    accuracy: sums.right / answers.length,
    macro_f1: f1.reduce((sum, one) => sum + one, 0) / f1.length,
    top3: sums.top3 / answers.length,
    auto: { precision: sums.auto ? sums.auto_right / sums.auto : null, coverage: sums.auto / answers.length },
  };
}
