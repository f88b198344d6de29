export { BANDS, type Band, belongsTo, CATEGORIES, type Category, GROUPS, type Group } from './categories.ts';
export {
  type BuildingCompleteness,
  type CategoryCoverage,
  type Coverage,
  coverageOf,
  type Gap,
  type People,
  type ReachTable,
  reachAll,
} from './coverage.ts';
export type { Extract, Node, Point, Relation, Tags, Way } from './extract.ts';
export { type Building, type Facility, findBuildings, findFacilities } from './facilities.ts';
export type { WalkGraph } from './graph.ts';
export { extractOfLines } from './lines.ts';
export type { Nearest } from './nearest.ts';
export { type WalkNetwork, walkNetwork } from './network.ts';
export { SNAP_LIMIT_METRES, type Snapped } from './snap.ts';
export { minutesOf, WALKERS, type Walker } from './walkers.ts';
