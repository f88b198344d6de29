/** Minutes after midnight, from and until; a knock may fall in `from` but not in `until`. */
export type Hours = { from_minute: number; until_minute: number };

/** When this neighbourhood knocks: not early, not over the midday rest, not late. A community's settings may say otherwise. */
export const KNOCKING_HOURS: readonly Hours[] = [
  { from_minute: 510, until_minute: 720 },
  { from_minute: 870, until_minute: 1230 },
];

/** The hours in which a door may be knocked at: the neighbourhood's, narrowed by what the household asked for. */
export function hoursFor(hours: readonly Hours[], wish: Hours | null): Hours[] {
  if (!wish) return [...hours];
  return hours
    .map((one) => ({
      from_minute: Math.max(one.from_minute, wish.from_minute),
      until_minute: Math.min(one.until_minute, wish.until_minute),
    }))
    .filter((one) => one.from_minute < one.until_minute);
}

/** The first minute from `minute` on at which one may knock, or null when the day has none left. */
export function nextKnock(hours: readonly Hours[], minute: number): number | null {
  for (const { from_minute, until_minute } of hours) {
    if (minute < until_minute) return Math.max(minute, from_minute);
  }
  return null;
}

/** What a community's settings say about knocking, or the hours above. Hours that cannot be read are ignored. */
export function knockingHours(settings: Record<string, unknown>): readonly Hours[] {
  const said = settings.knocking_hours;
  if (!Array.isArray(said)) return KNOCKING_HOURS;
  const read = said.filter(isHours).sort((a, b) => a.from_minute - b.from_minute);
  return read.length > 0 ? read : KNOCKING_HOURS;
}

function isHours(value: unknown): value is Hours {
  const { from_minute, until_minute } = (value ?? {}) as Partial<Hours>;
  return (
    Number.isInteger(from_minute) &&
    Number.isInteger(until_minute) &&
    from_minute! >= 0 &&
    until_minute! <= 1440 &&
    from_minute! < until_minute!
  );
}
