export { findNearDuplicates, makeReady, type NearDuplicate, type Told } from './duplicates/near_duplicates.ts';
export { learnMore } from './learn_more.ts';
export { type Measured, measure } from './measure.ts';
export { type PackedRouter, packRouter, unpackRouter } from './pack.ts';
export {
  type Classified,
  classify,
  type Example,
  type Router,
  RouterError,
  type Suggestion,
  trainRouter,
} from './router.ts';
export { type Spoken, spokenFor } from './spoken_for.ts';
export { type CategorySuggestion, starterExamples, starterModel, suggestCategories } from './starter.ts';
