import { organisationById } from '#modules/groups/index.ts';
import { publicNames } from '#modules/people/index.ts';
import type { Ctx } from '#platform/context.ts';
import { itemsOf } from './agenda.store.ts';
import { attendancesOf } from './meeting.store.ts';
import type { Meeting, MinutesItem, MinutesRecord } from './meeting.ts';
import { type Entry, entriesOf } from './minutes.store.ts';
import { type Interest, interestsIn, motionsIn, textsIn } from './motion.store.ts';
import type { Motion } from './motion.ts';
import { resolutionsBy } from './resolution.store.ts';
import { voteEventsIn, votesIn } from './vote.store.ts';

const MOST = 200;

/**
 * The minutes of a meeting: what was written, and beside it what the system knows already (who was there, interests,
 * motions, votes, rulings, resolutions), so that nothing is typed twice. Words that people wrote are in the language they
 * wrote them in; entries and resolutions have both.
 */
export async function minutesRecordOf(ctx: Ctx, meeting: Meeting): Promise<MinutesRecord> {
  const [items, entries, motions] = [
    await itemsOf(ctx, meeting.id),
    await entriesOf(ctx, meeting.id),
    await motionsIn(ctx, meeting.id),
  ];
  const [attendances, interests] = [await attendancesOf(ctx, meeting.id), await interestsIn(ctx, meeting.id)];
  const texts = await textsIn(ctx, meeting.id);
  const [events, votes] = [await voteEventsIn(ctx, meeting.id), await votesIn(ctx, meeting.id)];
  const resolutions = await resolutionsBy(ctx, { meeting_id: meeting.id, limit: MOST });
  const names = await publicNames(ctx, [
    ...new Set([
      ...attendances.map((one) => one.person_id),
      ...interests.map((one) => one.person_id),
      ...motions.flatMap((one) => [one.moved_by_id, one.seconded_by_id ?? one.moved_by_id]),
      ...votes.map((one) => one.person_id),
      meeting.chair_id ?? ctx.actor.id,
    ]),
  ]);
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  const motionOf = (motion: Motion): MinutesItem['motions'][number] => ({
    ...{ number: motion.number, title: motion.title, state: motion.state },
    text: texts.find((one) => one.motion_id === motion.id)?.text ?? '',
    amends: motions.find((one) => one.id === motion.amends_id)?.number ?? null,
    ...{ moved_by: nameOf(motion.moved_by_id), seconded_by: nameOf(motion.seconded_by_id) },
    votes: events
      .filter((event) => event.motion_id === motion.id && event.closed_at)
      .map(({ id, ballot, result, counts }) => ({
        ...{ ballot, result: result!, counts: counts! },
        voters: votes
          .filter((vote) => vote.vote_event_id === id)
          .map((vote) => ({ name: nameOf(vote.person_id), option: vote.option })),
      })),
    resolution: resolutions
      .filter((one) => one.motion_id === motion.id)
      .map(({ number, titles, texts, owner_names, due_on }) => ({ number, titles, texts, owner_names, due_on }))[0],
  });
  const about = (agenda_item_id: string | null) => ({
    entries: entries.filter((one) => one.agenda_item_id === agenda_item_id).map(entryOf),
    interests: interests
      .filter((one) => one.agenda_item_id === agenda_item_id)
      .map((one) => interestOf(one, nameOf, motions)),
    motions: motions.filter((one) => one.agenda_item_id === agenda_item_id).map(motionOf),
  });
  return {
    council: (await organisationById(ctx, meeting.organisation_id))!.names,
    ...{ titles: meeting.titles, place_text: meeting.place_text },
    opened_at: meeting.opened_at!.toISOString(),
    closed_at: meeting.closed_at?.toISOString() ?? null,
    chair: nameOf(meeting.chair_id),
    present: [...new Set(attendances.map((one) => one.person_id))].map(nameOf),
    items: items.map(({ id, titles, dropped_reason }) => ({ titles, dropped_reason, ...about(id) })),
    other: about(null).entries,
  };
}

const entryOf = ({ number, kind, versions: [last] }: Entry) => ({ number, kind, texts: last!.texts });

const interestOf = (one: Interest, nameOf: (id: string) => string | null, motions: readonly Motion[]) => ({
  ...{ name: nameOf(one.person_id), reason: one.reason },
  motion: motions.find((motion) => motion.id === one.motion_id)?.number ?? null,
});
