import { publicNames } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import type { CouncilRules } from './council_rules.ts';
import type { Meeting } from './meeting.ts';
import { linksIn, motionsIn, textsIn } from './motion.store.ts';
import type { Motion } from './motion.ts';
import { rollFor } from './roll.ts';
import { ballotsOf, rollIn, type VoteEvent, voteEventsIn, votesIn } from './vote.store.ts';
import { readingsOf } from './vote_paper.store.ts';

/** The motions of a meeting as its page shows them: versions of the text, votes with who voted, and where this reader stands. */
export async function motionsOnPage(ctx: Ctx, meeting: Meeting, rules: CouncilRules, votes_here: boolean) {
  const [motions, texts] = [await motionsIn(ctx, meeting.id), await textsIn(ctx, meeting.id)];
  const [events, votes, roll] = [
    await voteEventsIn(ctx, meeting.id),
    await votesIn(ctx, meeting.id),
    await rollIn(ctx, meeting.id),
  ];
  const links = await linksIn(ctx, meeting.id);
  const people = motions.flatMap((one) => [one.moved_by_id, ...(one.seconded_by_id ? [one.seconded_by_id] : [])]);
  const voters = [...votes, ...roll].map((one) => one.person_id);
  const names = await publicNames(ctx, [...new Set([...people, ...voters])]);
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  const me = ctx.actor.kind === 'person' ? principalOf(ctx.actor) : null;
  const eventOf = async (event: VoteEvent, motion: Motion) => {
    const open = votes.filter((one) => one.vote_event_id === event.id);
    const secret = roll.filter((one) => one.vote_event_id === event.id);
    const voted = (event.ballot === 'open' ? open : secret).map((one) => one.person_id);
    const entitled = !event.closed_at && votes_here ? (await rollFor(ctx, meeting, rules, motion)).entitled : [];
    return {
      ...event,
      votes: open.map((one) => ({
        ...one,
        name: nameOf(one.person_id),
        by_other: one.recorded_by_id !== one.person_id,
      })),
      voters: secret.map((one) => ({ name: nameOf(one.person_id), on_paper: one.channel === 'paper' })),
      papers: event.ballot === 'secret' && !event.closed_at ? await papersHere(ctx, event.id) : null,
      voted_count: voted.length,
      // The box is opened when the vote is closed.
      ballots: event.ballot === 'secret' && event.closed_at ? await ballotsOf(ctx, event.id) : [],
      i_voted: me !== null && voted.includes(me),
      i_may: me !== null && entitled.includes(me),
      still_to_vote: entitled.filter((id) => !voted.includes(id)),
    };
  };
  const shown = [];
  for (const motion of motions) {
    const own = events.filter((event) => event.motion_id === motion.id);
    shown.push({
      ...motion,
      texts: texts.filter((text) => text.motion_id === motion.id),
      ...{ moved_by: nameOf(motion.moved_by_id), seconded_by: nameOf(motion.seconded_by_id) },
      is_mine: motion.moved_by_id === ctx.actor.id && !ctx.actor.on_behalf_of_id,
      events: await Promise.all(own.map((event) => eventOf(event, motion))),
      links: links.filter((link) => link.motion_id === motion.id),
    });
  }
  return shown;
}

/** How far the papers of a secret vote are: how many have read them and whether this reader did; never what was read. */
async function papersHere(ctx: Ctx, vote_event_id: string) {
  const readings = await readingsOf(ctx, vote_event_id);
  return { readers: readings.length, i_read: readings.some((one) => one.entered_by_id === ctx.actor.id) };
}
