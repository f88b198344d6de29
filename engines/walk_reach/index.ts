export type { Extract, Node, Point, Relation, Tags, Way } from './extract.ts';
export type { WalkGraph } from './graph.ts';
export type { Nearest } from './nearest.ts';
export { type WalkNetwork, walkNetwork } from './network.ts';
export { SNAP_LIMIT_METRES, type Snapped } from './snap.ts';
export { minutesOf, WALKERS, type Walker } from './walkers.ts';
