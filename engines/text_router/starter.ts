import { classify, type Example, type Router, type Suggestion, trainRouter } from './router.ts';
import { spokenFor } from './spoken_for.ts';
import phrases from './starter/phrases.json' with { type: 'json' };

let starter: Router | undefined;

/** The phrases the starter model is trained on: written for this project, in Chinese and English, by category code. */
export function starterExamples(): Example[] {
  return Object.entries(phrases as Record<string, Record<string, string[]>>).flatMap(([label, languages]) =>
    Object.values(languages).flatMap((texts) => texts.map((text) => ({ text, label }))),
  );
}

/** The model of a community that has decided nothing yet, over the twelve default category codes; trained when first asked for. */
export function starterModel(): Router {
  starter ??= trainRouter(starterExamples());
  return starter;
}

export type CategorySuggestion = Suggestion & {
  /** Parts of the text that spoke for this category, the strongest first. */
  words: string[];
};

/** The likeliest categories of a text in Chinese or English with calibrated probabilities, likeliest first; none for a text without words. */
export function suggestCategories(
  text: string,
  { limit = 3, router = starterModel() }: { limit?: number; router?: Router } = {},
): CategorySuggestion[] {
  if (!/\p{L}/u.test(text)) return [];
  return classify(router, text)
    .suggestions.slice(0, limit)
    .map((one) => ({ ...one, words: spokenFor(router, text, one.label).map(({ word }) => word) }));
}
