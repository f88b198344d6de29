export {
  CLEAR_SILHOUETTE,
  LEAST_OPINIONS,
  LEAST_PEOPLE,
  mapOpinions,
  type OpinionGroup,
  type OpinionMap,
  type Place,
  type Shared,
} from './map_opinions.ts';
export type { GivenOpinion, Opinion } from './opinion_matrix.ts';
export type { Representative, StatementFigures, Tally } from './statement_figures.ts';
