/** How a knock went. */
export const OUTCOMES = ['answered', 'nobody_home', 'declined', 'by_phone'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What can be seen from the doorway: closed words, so that nothing personal is typed where a word will do. */
export const SEEN = [
  'well',
  'unwell',
  'needs_hand',
  'home_unsafe',
  'moved_away',
  'somebody_new',
  'post_piles_up',
] as const;
export type Seen = (typeof SEEN)[number];

/** What became of something raised at the door. */
export const SETTLED = ['on_the_spot', 'promised', 'passed_on'] as const;
export type Settled = (typeof SETTLED)[number];

/** What a phone says about its own clock: when it thinks it is, and how far it was from the server when they last spoke. */
export type DeviceClock = { at: Date; offset_seconds: number };

/** A phone that is further off than this is flagged. */
export const SKEW_SECONDS = 300;
/** Nothing is taken to have happened longer ago than this: the order on the phone counts, not its date. */
export const OLDEST_DAYS = 31;

/**
 * When a knock was, by the server's clock: the phone's time set right by the offset measured when they last spoke. Never
 * in the future, never before the knock that the same phone recorded earlier (`after`); flagged where the clock cannot be
 * right. Pure.
 */
export function knockedAt(clock: DeviceClock, now: Date, after: Date | null): { at: Date; is_skewed: boolean } {
  const told = clock.at.getTime() + clock.offset_seconds * 1000;
  const earliest = Math.max(now.getTime() - OLDEST_DAYS * 86_400_000, after?.getTime() ?? Number.NEGATIVE_INFINITY);
  const at = Math.min(Math.max(told, earliest), now.getTime());
  const is_skewed = Math.abs(clock.offset_seconds) > SKEW_SECONDS || Math.abs(at - told) > SKEW_SECONDS * 1000;
  return { at: new Date(at), is_skewed };
}

/** Where sealed words of this module lie, for `seal` and `open`. */
export const sealedPlace = {
  note: (id: string) => `visits/note/${id}`,
  safety: (id: string) => `safety_notes/note/${id}`,
};
