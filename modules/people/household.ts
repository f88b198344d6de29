/** How somebody belongs to a household. */
export const HOUSEHOLD_RELATIONS = ['head', 'member', 'tenant', 'guest'] as const;
export type HouseholdRelation = (typeof HOUSEHOLD_RELATIONS)[number];
