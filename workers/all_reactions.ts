import { whenTermStarted } from '#modules/council/index.ts';
import { whenVisitRecorded } from '#modules/letters/index.ts';
import { whenRoleChanged } from '#modules/places/index.ts';
import { whenRequestTold } from '#modules/requests/index.ts';
import { whenGridTermChanged } from '#modules/visits/index.ts';
import type { Reaction } from './reactions.ts';

/** Every reaction of every module. */
export const reactions: readonly Reaction[] = [
  whenRoleChanged,
  whenTermStarted,
  whenRequestTold,
  whenGridTermChanged,
  whenVisitRecorded,
];
