import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Parameters } from './parameters.ts';
import type { Surroundings } from './view.ts';
import type { Value } from './xml.ts';

/** One request to the face: its parameters as texts, the id of its path, and what its answer is written in. */
export type Call = {
  environment: Environment;
  community: Community;
  texts: Parameters;
  id: string;
  around: Surroundings;
  /** At the test endpoint everything is checked and nothing is kept. */
  is_test: boolean;
};
export type Answer = (call: Call) => Promise<Value>;
