import { type Assignment, lotteryOf, type Market } from './deferred_acceptance.ts';

/** Why an assignment does not hold: somebody with no such right, too many on seats, or a pair that would both gain. */
export type Instability = {
  why: 'not_wanted' | 'overfull' | 'seat_empty' | 'goes_before';
  course: string;
  applicant: string | null;
  /** Who holds the seat that the applicant goes before. */
  holder?: string;
};

/**
 * What is wrong with an assignment; nothing when it is stable. Written apart from the code that assigns: it looks at
 * every applicant and every course they prefer to what they got, and asks whether there is an empty seat or a holder who
 * comes after them. O(preferences) and the lists of priorities.
 */
export function findInstabilities(market: Market, assigned: Assignment): Instability[] {
  const found: Instability[] = [];
  const lottery = lotteryOf(market);
  const holders = new Map(market.courses.map(({ id }) => [id, [] as string[]]));
  for (const { id, prefers } of market.applicants) {
    const course = assigned.get(id) ?? null;
    if (course === null) continue;
    if (!prefers.includes(course)) found.push({ why: 'not_wanted', course, applicant: id });
    holders.get(course)?.push(id);
  }
  const rankings = new Map(
    market.courses.map((course) => {
      const classes = new Map<string, number>();
      for (const [rank, members] of (course.priority ?? []).entries())
        for (const one of members) classes.set(one, rank);
      const rank = (id: string) => classes.get(id) ?? Number.POSITIVE_INFINITY;
      const goesBefore = (a: string, b: string) =>
        rank(a) < rank(b) || (rank(a) === rank(b) && lottery.get(a)! < lottery.get(b)!);
      const seated = holders.get(course.id)!;
      if (seated.length > course.seats) found.push({ why: 'overfull', course: course.id, applicant: null });
      const last = seated.reduce<string | null>(
        (worst, one) => (worst && goesBefore(worst, one) ? one : (worst ?? one)),
        null,
      );
      return [course.id, { hasRoom: seated.length < course.seats, last, goesBefore }] as const;
    }),
  );
  for (const { id, prefers } of market.applicants) {
    const got = assigned.get(id) ?? null;
    for (const course of prefers) {
      if (course === got) break;
      const { hasRoom, last, goesBefore } = rankings.get(course)!;
      if (hasRoom) found.push({ why: 'seat_empty', course, applicant: id });
      else if (last && goesBefore(id, last)) found.push({ why: 'goes_before', course, applicant: id, holder: last });
    }
  }
  return found;
}
