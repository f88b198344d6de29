import { z } from 'zod';
import { organisationById, postsOf } from '#modules/groups/index.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { meetingsBy } from '../meeting.store.ts';
import { phaseOf } from '../meeting.ts';
import { motionsIn, textsIn } from '../motion.store.ts';
import type { Motion, MotionState } from '../motion.ts';
import { namedIn, peopleNamed } from '../popolo.store.ts';
import { type VoteEvent, voteEventsIn, votesIn } from '../vote.store.ts';
import { councilOf } from './show_council.ts';

const MOST_MEETINGS = 500;

const RESULTS: Partial<Record<MotionState, 'pass' | 'fail' | 'withdrawn'>> = {
  carried: 'pass',
  lost: 'fail',
  withdrawn: 'withdrawn',
};

/**
 * The council as Popolo (https://www.popoloproject.com/specs/): organization, persons, posts, memberships, events, motions
 * and vote_events with their counts; single votes of open votes alone. People stand by the names they show in public.
 */
export const export_popolo = query({
  name: 'council.export_popolo',
  reads: 'nobody',
  input: z.object({ language: z.enum(['zh-CN', 'en']).default('en') }),
  async run(ctx, { language }) {
    const id = (await councilOf(ctx)) ?? notFound('organisation', ctx.community.id);
    const organisation = (await organisationById(ctx, id))!;
    const posts = await postsOf(ctx, id);
    const terms = await namedIn(ctx, id);
    const meetings = await meetingsBy(ctx, { organisation_id: id, when: 'all', offset: 0, limit: MOST_MEETINGS });
    const motions: object[] = [];
    const vote_events: object[] = [];
    const named = new Set(terms.map((term) => term.person_id));
    for (const meeting of meetings) {
      const [inIt, texts] = [await motionsIn(ctx, meeting.id), await textsIn(ctx, meeting.id)];
      const [events, votes] = [await voteEventsIn(ctx, meeting.id), await votesIn(ctx, meeting.id)];
      for (const one of [...inIt.map((motion) => motion.moved_by_id), ...votes.map((vote) => vote.person_id)])
        named.add(one);
      for (const motion of inIt) {
        const text = texts.find((one) => one.motion_id === motion.id)?.text ?? '';
        motions.push(motionOf(id, motion, text));
      }
      for (const event of events.filter((one) => one.closed_at))
        vote_events.push(
          voteEventOf(
            id,
            event,
            votes.filter((vote) => vote.vote_event_id === event.id),
          ),
        );
    }
    const people = await peopleNamed(ctx, [...named]);
    return {
      organizations: [
        { id, name: organisation.names[language], classification: 'council', other_names: namesOf(organisation.names) },
      ],
      persons: people.map(({ id, public_name }) => ({ id, name: public_name ?? '—' })),
      posts: posts.map((post) => ({ id: post.id, label: post.names[language], role: post.code, organization_id: id })),
      memberships: terms.map((term) => ({
        ...{ id: term.id, person_id: term.person_id, organization_id: id, role: term.code },
        ...(posts.some((post) => post.id === term.post_id) && { post_id: term.post_id }),
        ...{ start_date: term.started_on, ...(term.ended_on && { end_date: term.ended_on }) },
      })),
      events: meetings.map((meeting) => ({
        ...{ id: meeting.id, name: meeting.titles[language], classification: 'meeting', organization_id: id },
        ...{ start_date: instant(meeting.starts_at), end_date: instant(meeting.ends_at) },
        ...{ location: meeting.place_text, status: phaseOf(meeting) },
      })),
      ...{ motions, vote_events },
    };
  },
});

const namesOf = (names: { 'zh-CN': string; en: string }) =>
  Object.entries(names).map(([lang, name]) => ({ name, note: lang }));

function motionOf(organization_id: string, motion: Motion, text: string) {
  const result = RESULTS[motion.state];
  return {
    ...{ id: motion.id, organization_id, creator_id: motion.moved_by_id, legislative_session_id: motion.meeting_id },
    ...{ text: `${motion.title}\n${text}`, date: instant(motion.moved_at) },
    ...{ classification: motion.amends_id ? 'amendment' : 'motion', requirement: motion.majority.replaceAll('_', ' ') },
    ...(result && { result }),
  };
}

/** Popolo's instants have no fractions of a second. */
const instant = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');

function voteEventOf(
  organization_id: string,
  event: VoteEvent,
  votes: readonly { person_id: string; option: string }[],
) {
  const { yes, no, abstain } = event.counts!;
  return {
    ...{ id: event.id, motion_id: event.motion_id, organization_id, legislative_session_id: event.meeting_id },
    ...{ start_date: instant(event.opened_at), end_date: instant(event.closed_at!) },
    // A vote without a quorum has decided nothing: Popolo calls what did not pass a fail, the motion says whether it is over.
    ...{ classification: event.ballot, result: event.result === 'pass' ? 'pass' : 'fail' },
    counts: Object.entries({ yes, no, abstain }).map(([option, value]) => ({ option, value })),
    votes: votes.map((vote) => ({ voter_id: vote.person_id, option: vote.option })),
  };
}
