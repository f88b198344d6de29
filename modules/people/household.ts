import { DAY_MS } from '#platform/clock.ts';

/** How somebody belongs to a household. */
export const HOUSEHOLD_RELATIONS = ['head', 'member', 'tenant', 'guest'] as const;
export type HouseholdRelation = (typeof HOUSEHOLD_RELATIONS)[number];

/** How long a residence that was seen stands until a knock renews it. */
export const VERIFIED_FOR_DAYS = 730;

export const verifiedFrom = (at: Date): Date => new Date(at.getTime() + VERIFIED_FOR_DAYS * DAY_MS);

/** Whoever turns eighteen in a year counts as grown up from its first day: only the year of birth is kept. */
export const ADULT_YEARS = 18;

/** Why a claim is not taken at once: one person twice, or a door at which somebody says that this is not so. */
export const DISPUTE_KINDS = ['place', 'identity'] as const;
export type DisputeKind = (typeof DISPUTE_KINDS)[number];
