export { isRevealed, linkOf, makeSeed } from './commitment.ts';
export {
  type Applicant,
  type Assignment,
  type Course,
  lotteryOf,
  type Market,
  matchCourses,
} from './deferred_acceptance.ts';
export { DRAND_CHAINS, type DrandChain, type DrandRound, drandInstant, drandRoundAt, openDrandRound } from './drand.ts';
export { agreeOnNumbers, canonicalNumbers } from './lottery_numbers.ts';
export {
  canonicalEntries,
  type Draw,
  drawSeats,
  type Entry,
  hashEntries,
  placeOf,
  readEntries,
} from './recompute.ts';
export { bitsNeeded, drawByRfc3797, orderByRfc3797 } from './rfc3797.ts';
export { findInstabilities, type Instability } from './stability.ts';
