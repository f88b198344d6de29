/**
 * How fast people walk. Metres a second on the level; on steps `steps_factor` times as long for each metre. Adult equals the
 * standard's 1,000 m in 15 minutes; elder from a survey of São Paulo (69.7 % of people over 60 walk slower than 0.9), frail
 * from Bath (65 and older at risk in moving: 0.71 to 0.80); a child with a carer is to be checked. Steps: 1.5 to 2.
 */
export const WALKERS = {
  adult: { metres_a_second: 1.11, steps_factor: 1.5 },
  child: { metres_a_second: 0.9, steps_factor: 1.5 },
  elder: { metres_a_second: 0.9, steps_factor: 1.75 },
  frail: { metres_a_second: 0.75, steps_factor: 2 },
} as const;
export type Walker = keyof typeof WALKERS;

/** Minutes for a walk of so many metres, of which so many are steps. Verdicts are made in metres; minutes are for people. */
export function minutesOf(walker: Walker, metres: number, steps_metres: number): number {
  const { metres_a_second, steps_factor } = WALKERS[walker];
  return (metres + (steps_factor - 1) * steps_metres) / metres_a_second / 60;
}
