/** An occasion to knock: who is due, how soon, how often, what to bring and what to ask. Its words belong to the place. */
export type Occasion = {
  code: string;
  names: Record<string, string>;
  /** The first knock is owed so many days after it is known; 0 is at once. */
  within_days: number;
  /** Then every so many days; 0 is once. */
  every_days: number;
  /** Circumstances (people) that make a household due. */
  care_kinds: readonly string[];
  /** Codes of categories: a request of one, told from a door, makes that door due. */
  categories: readonly string[];
  /** By language. */
  bring: Record<string, readonly string[]>;
  ask: Record<string, readonly string[]>;
};

/** How long after moving in somebody is new, and how long a request from a door is a reason to knock. */
export const NEW_FOR_DAYS = 60;
export const TOLD_FOR_DAYS = 60;

export const MOVED_IN = 'newly_moved_in';

/** The occasion that a circumstance is visited for: the first that names it. */
export function occasionOfCare(occasions: readonly Occasion[], kind: string): Occasion | undefined {
  return occasions.find((one) => one.care_kinds.includes(kind));
}
