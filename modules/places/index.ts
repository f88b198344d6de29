export { type Area, boundsOf, buildGridIndex, contains, type GridIndex } from './grid_index.ts';
export { forgetGrids, gridIndexOf, locate, type Place, type PlaceInput } from './locate.ts';
export { gridWorkerOf } from './place.store.ts';
