export {
  allocate,
  type Completion,
  type Options,
  type Outcome,
  type Rule,
  type SharesOutcome,
  type Stop,
} from './allocate.ts';
export type { Purchase } from './buy_shares.ts';
export {
  type CheckedVote,
  checkPrices,
  checkProportionality,
  type Finding,
  type Prices,
  type Proportionality,
  type Statement,
  type Witness,
} from './checker.ts';
export {
  type Ballot,
  type BallotPaper,
  type Election,
  ElectionError,
  makeElection,
  type Project,
  VOTE_TYPES,
  type VoteType,
} from './election.ts';
export { UTILITIES, type Utility } from './electorate.ts';
export {
  type Comparison,
  compareWithGreedy,
  type Decision,
  explainProjects,
  explainVoters,
  type ProjectExplanation,
  type Shortfall,
  type Summary,
  statementOf,
  summarise,
  type VoterExplanation,
} from './explain.ts';
export { decimalOf, type Fraction, fraction, jsonOf, readFraction, textOf } from './fraction.ts';
export { PabulibError } from './pabulib_error.ts';
export { type PabulibFile, readPabulib } from './read_pabulib.ts';
export type { Tie } from './tie_order.ts';
export { makePabulib, pabulibLines, writePabulib } from './write_pabulib.ts';
