/** Who is suggested for a post: so many speeches within the year, each marked by so many, and by so many different people in all. */
export const KEEPS_HITTING = { days: 365, speeches: 3, marks_each: 2, people: 5 } as const;
/** Whoever declined a post is not asked for it again so soon. */
export const ASK_AGAIN_DAYS = 180;
/** Posts are for grown-ups. */
export const OF_AGE_YEARS = 18;

export type MarkedSpeech = {
  id: string;
  speaker_id: string;
  topic_id: string;
  title: string;
  text: string;
  said_at: Date;
  marks: number;
};

export type Suggested = { person_id: string; people: number; speeches: MarkedSpeech[] };

const SHOWN = 5;

/**
 * Whose speeches keep hitting the point, with the speeches that say so. In the order of who spoke last: this is a reason to
 * ask somebody, not a score. `people` is how many different people marked any of a speaker's speeches.
 */
export function suggest(speeches: readonly MarkedSpeech[], people: ReadonlyMap<string, number>): Suggested[] {
  const bySpeaker = new Map<string, MarkedSpeech[]>();
  for (const speech of speeches)
    if (speech.marks >= KEEPS_HITTING.marks_each)
      bySpeaker.set(speech.speaker_id, [...(bySpeaker.get(speech.speaker_id) ?? []), speech]);
  return [...bySpeaker]
    .map(([person_id, own]) => ({
      person_id,
      people: people.get(person_id) ?? 0,
      speeches: own.sort((a, b) => b.said_at.getTime() - a.said_at.getTime()),
    }))
    .filter((one) => one.speeches.length >= KEEPS_HITTING.speeches && one.people >= KEEPS_HITTING.people)
    .sort((a, b) => b.speeches[0]!.said_at.getTime() - a.speeches[0]!.said_at.getTime())
    .map((one) => ({ ...one, speeches: one.speeches.slice(0, SHOWN) }));
}
