/** What people can be asked to agree to, each by itself. The first three let care circumstances be kept. */
export const PURPOSES = [
  'care_visits',
  'care_emergencies',
  'care_benefits',
  'activity_news',
  'public_photos',
  'scouting',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const CARE_PURPOSES = ['care_visits', 'care_emergencies', 'care_benefits'] as const;
export type CarePurpose = (typeof CARE_PURPOSES)[number];

/** How consent was given: by oneself or a guardian at their own sign-in, or to staff who wrote it down. */
export const SAID_TO_STAFF = ['said_at_door', 'said_at_desk', 'signed_paper'] as const;
export const GIVEN_HOW = ['own_sign_in', 'guardian', ...SAID_TO_STAFF] as const;
export type GivenHow = (typeof GIVEN_HOW)[number];

/** Below this age a guardian decides (Personal Information Protection Law, article 31). */
export const GUARDED_BELOW_YEARS = 14;

/**
 * True when somebody born in that year may be younger than fourteen: only the year is kept, so the whole year in which
 * they turn fourteen counts as younger.
 */
export function isGuarded(born_in_year: number | null, this_year: number): boolean {
  return born_in_year !== null && this_year - born_in_year <= GUARDED_BELOW_YEARS;
}

/** The version of a text that is in force, and the oldest version whose consents still count. */
export type TextInForce = { version: number; oldest_counting: number };

/** The first text of each purpose is in the locales (`people.consents.…`), version 1; later ones are published. */
export function textInForce(published: readonly { version: number; asks_again: boolean }[]): TextInForce {
  const version = Math.max(1, ...published.map((one) => one.version));
  const oldest_counting = Math.max(1, ...published.filter((one) => one.asks_again).map((one) => one.version));
  return { version, oldest_counting };
}
