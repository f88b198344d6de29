import {
  classify,
  type Example,
  learnMore,
  measure,
  type PackedRouter,
  packRouter,
  starterExamples,
  trainRouter,
} from '#engines/text_router/index.ts';

/** A need whose category a member of staff has let stand, with whoever told it. */
export type Decided = { text: string; label: string; teller: string };

/** How well the model does on the newest decisions, which it had not seen. */
export type Quality = {
  decided: number;
  held_out: number;
  first_right: number;
  first_three_right: number;
  automatic_precision: number | null;
  automatic_coverage: number;
  is_trusted: boolean;
};
export type Learnt = { model: PackedRouter; quality: Quality };

/** Fewer decisions teach nothing that the starter model does not know. */
export const LEAST_DECIDED = 200;
/** The newest decisions; older ones say what the neighbourhood was. */
export const MOST_DECIDED = 5_000;
const HELD_OUT_SHARE = 0.2;
/** A word that fewer people told may be a name: it is left out before anything is learnt. */
const LEAST_TELLERS = 3;
/** Without a person only when this share was right, on at least so many. */
export const PRECISION = 0.97;
const LEAST_AUTOMATIC = 50;
const NEVER = 2;

/**
 * Learns from decisions (oldest first) over categories that are in use. The newest fifth is held out and measures the
 * model, then is learnt as well. Null while there are too few decisions. Pure and deterministic; seconds for thousands.
 */
export function learnFromDecided(decided: readonly Decided[], codes: readonly string[]): Learnt | null {
  const used = decided.filter(({ label }) => codes.includes(label)).slice(-MOST_DECIDED);
  if (used.length < LEAST_DECIDED) return null;
  const starter = starterExamples().filter(({ label }) => codes.includes(label));
  const examples = withoutRareWords(used, starter);
  const split = examples.length - Math.ceil(examples.length * HELD_OUT_SHARE);
  const [older, newest] = [examples.slice(0, split), examples.slice(split)];
  const seen = [...starter, ...older];
  if (new Set(seen.map(({ label }) => label)).size < 2) return null;
  const router = trainRouter(seen, { precision: PRECISION });
  const measured = measure(newest.map(({ text, label }) => ({ classified: classify(router, text), label })));
  const { precision, coverage } = measured.auto;
  const is_trusted = (precision ?? 0) >= PRECISION && coverage * newest.length >= LEAST_AUTOMATIC;
  const quality: Quality = {
    decided: examples.length,
    held_out: newest.length,
    first_right: measured.accuracy,
    first_three_right: measured.top3,
    automatic_precision: precision,
    automatic_coverage: coverage,
    is_trusted,
  };
  const whole = learnMore(router, newest);
  return { model: packRouter({ ...whole, automatic_from: is_trusted ? whole.automatic_from : NEVER }), quality };
}

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text.toLowerCase()), ({ segment }) => segment);
}

/** The texts with only those words that several people told or that the starter phrases hold; names and numbers of doors go. */
export function withoutRareWords(decided: readonly Decided[], starter: readonly Example[]): Example[] {
  const tellers = new Map<string, Set<string>>();
  const texts = decided.map(({ text }) => wordsOf(text));
  for (const [at, words] of texts.entries()) {
    for (const word of words) {
      const known = tellers.get(word) ?? new Set();
      if (known.size < LEAST_TELLERS) known.add(decided[at]!.teller);
      tellers.set(word, known);
    }
  }
  const common = new Set(starter.flatMap(({ text }) => wordsOf(text)));
  const isKept = (word: string) => common.has(word) || (tellers.get(word)?.size ?? 0) >= LEAST_TELLERS;
  return decided.map(({ label }, at) => ({
    label,
    text: texts[at]!.map((word) => (isKept(word) ? word : ' ')).join(''),
  }));
}
