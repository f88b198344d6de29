import { addDays } from '#platform/clock.ts';
import type { CarePurpose } from './consent.ts';

/**
 * The default vocabulary of circumstances in which somebody is looked after, and how long one stands before it is asked
 * about again. A place adds kinds of its own and renames these (platform/vocabulary, kind `care_kind`).
 */
export const CARE_KINDS = {
  lives_alone: { lasts_days: 365 },
  elder: { lasts_days: 365 },
  disability: { lasts_days: 365 },
  illness: { lasts_days: 180 },
  hardship: { lasts_days: 180 },
  child_with_relatives: { lasts_days: 180 },
  newborn: { lasts_days: 365 },
  bereaved: { lasts_days: 90 },
} as const;

/** How long a kind of a place's own stands. */
const LASTS_DAYS = 180;
/** Nothing stands longer without being asked about again (Personal Information Protection Law, article 19). */
export const LONGEST_DAYS = 400;

/** Grounds of law on which a circumstance may be kept without consent; the articles are those of the Personal Information Protection Law. */
export const LEGAL_GROUNDS = {
  statutory_duty: { articles: ['13(3)'] },
  emergency: { articles: ['13(4)'] },
} as const;
export type LegalGround = keyof typeof LEGAL_GROUNDS;

/** Roles that a circumstance can be shown to. */
export const SEEN_BY = ['grid_worker', 'desk_officer', 'secretary', 'handler'] as const;
export type SeenBy = (typeof SEEN_BY)[number];

export const END_REASONS = ['no_longer_so', 'recorded_wrongly', 'withdrawn', 'moved_away', 'erased'] as const;
export type EndReason = (typeof END_REASONS)[number];
/** Reasons that people choose; the others follow from something else. */
export const CHOSEN_END_REASONS = ['no_longer_so', 'recorded_wrongly', 'moved_away'] as const;

/** A circumstance as lists show it: no note, no name. */
export type CareCircumstance = {
  id: string;
  person_id: string;
  household_id: string;
  kind: string;
  purpose: CarePurpose;
  started_on: string;
  expires_on: string;
};

/** The date until which a circumstance of a kind stands when nobody says otherwise. */
export function usualExpiry(kind: string, from_on: string): string {
  const known = (CARE_KINDS as Record<string, { lasts_days: number }>)[kind];
  return addDays(from_on, known?.lasts_days ?? LASTS_DAYS);
}

/** What is wrong with the dates of a circumstance, as a code of refusal; undefined when nothing is. */
export function wrongExpiry(expires_on: string, today: string): 'expiry_past' | 'expiry_far' | undefined {
  if (expires_on <= today) return 'expiry_past';
  return expires_on > addDays(today, LONGEST_DAYS) ? 'expiry_far' : undefined;
}
