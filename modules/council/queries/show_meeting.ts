import { z } from 'zod';
import { postsOf } from '#modules/groups/index.ts';
import { publicNames } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { isPaper, itemsOf, papersOf } from '../agenda.store.ts';
import { type CouncilAction, councilPolicy } from '../council.policy.ts';
import type { CouncilRules } from '../council_rules.ts';
import { standingIn } from '../find.ts';
import { type Attendance, attendancesOf, findMeeting } from '../meeting.store.ts';
import { type Meeting, minutesOf, opensAt, phaseOf } from '../meeting.ts';
import { entriesOf } from '../minutes.store.ts';
import { interestsIn } from '../motion.store.ts';
import { motionsOnPage } from '../motion.view.ts';
import { resolutionsBy } from '../resolution.store.ts';
import { leastOf } from '../vote.ts';

const MOST = 200;

/**
 * One meeting whole: agenda, papers, who is there, interests, motions with their versions and votes, minutes, resolutions;
 * of a secret vote who voted and, once it is closed, how often what. Everybody reads it; `may` says what this reader may do.
 */
export const show_meeting = query({
  name: 'council.show_meeting',
  reads: 'own',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const meeting = (await findMeeting(ctx, id)) ?? notFound('meeting', id);
    const standing = await standingIn(ctx, meeting.organisation_id);
    const rules = meeting.rules ?? standing.rules;
    const may = (action: CouncilAction) => allows(councilPolicy, action, standing.relations);
    const attendances = await attendancesOf(ctx, id);
    const members = await membersOf(ctx, meeting, rules, attendances);
    const [interests, entries] = [await interestsIn(ctx, id), await entriesOf(ctx, id)];
    const names = await publicNames(ctx, [
      ...interests.map((one) => one.person_id),
      ...(meeting.chair_id ? [meeting.chair_id] : []),
    ]);
    const { minutes_text: _, ...shown } = meeting;
    return {
      ...{ ...shown, rules, phase: phaseOf(meeting), minutes: minutesOf(meeting) },
      ...{ opens_at: opensAt(meeting), is_early: ctx.now < opensAt(meeting) },
      chair: names.get(meeting.chair_id ?? '') ?? null,
      came: [...new Map(attendances.map((one) => [one.person_id, one.name])).values()],
      members,
      quorum: {
        members: members.length,
        present: members.filter((one) => one.is_present).length,
        needed: leastOf(members.length, rules.quorum),
      },
      me: members.find((one) => one.person_id === principalOf(ctx.actor)) ?? null,
      items: await itemsOf(ctx, id),
      papers: await papersOf(ctx, id),
      interests: interests.map((one) => ({ ...one, name: names.get(one.person_id) ?? null })),
      motions: await motionsOnPage(ctx, meeting, rules, may('vote') || may('speak_for_member') || may('type_papers')),
      entries,
      resolutions: await resolutionsBy(ctx, { meeting_id: id, limit: MOST }),
      is_member: standing.relations.has('member'),
      may: {
        ...{ write: may('write_meeting'), lead: may('lead_meeting'), attach: may('attach_paper'), move: may('move') },
        ...{
          speak_for: may('speak_for_member'),
          hold_vote: may('hold_vote'),
          rule: may('rule'),
          resolve: may('resolve'),
          type_papers: may('type_papers'),
        },
        ...{ write_minutes: may('write_minutes'), adopt: may('adopt_minutes'), publish: may('publish_minutes') },
        declare: may('declare'),
      },
    };
  },
});

/** Who holds a seat that votes, by the order of the posts, and who of them is in the room. */
async function membersOf(ctx: Ctx, meeting: Meeting, { posts }: CouncilRules, attendances: readonly Attendance[]) {
  const inRoom = attendances.filter((one) => !one.left_at).map((one) => one.person_id);
  const seen = new Set<string>();
  return (await postsOf(ctx, meeting.organisation_id))
    .filter((post) => posts.voting.includes(post.code))
    .flatMap((post) => post.terms.map((term) => ({ term, post })))
    .filter(({ term }) => !seen.has(term.person_id) && seen.add(term.person_id))
    .map(({ term: { person_id, public_name }, post: { names, code } }) => ({
      ...{ person_id, name: public_name, post_names: names, is_present: inRoom.includes(person_id) },
      chairs: posts.chairing.includes(code),
    }));
}

/** True when a paper of a meeting shows the file: papers are public. */
export const may_see_paper = query({
  name: 'council.may_see_paper',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  run: (ctx, { hash }) => isPaper(ctx, hash),
});
