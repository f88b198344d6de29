export type { Effort } from './closed_tour.ts';
export { type Distance, type Distances, RoundError } from './distances.ts';
export { orderRound } from './order_round.ts';
export { readTsplib, TsplibError, type TsplibProblem } from './read_tsplib.ts';
export type { Quiet, Round, RoundProblem, Stop } from './round_problem.ts';
