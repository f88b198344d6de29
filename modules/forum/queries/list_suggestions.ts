import { z } from 'zod';
import { list_vacancies } from '#modules/groups/index.ts';
import { agreedTo, leaveTracesOfList, publicNames } from '#modules/people/index.ts';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { invitationsOf, markedSpeeches, postsCalled } from '../scouting.store.ts';
import { suggest } from '../scouting.ts';

const VACANCIES = 200;
const INVITATIONS = 200;

/**
 * Who may be asked to take a vacant post, with the speeches that speak for them, and what became of earlier invitations.
 * Only people who agree to be found, now: who withdraws is gone from the next reading on. Each reading is in their files.
 */
export const list_suggestions = query({
  name: 'forum.list_suggestions',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    demand(forumPolicy, 'suggest', forumRelations(ctx.actor), { kind: 'forum', id: ctx.community.id });
    const agreed = await agreedTo(ctx, 'scouting');
    const { speeches, people } = await markedSpeeches(ctx, agreed);
    const suggested = suggest(speeches, people);
    const invitations = await invitationsOf(ctx, agreed, INVITATIONS);
    const shown = [...new Set([...suggested, ...invitations].map((one) => one.person_id))];
    await leaveTracesOfList(ctx, shown, ['speeches'], 'people.reasons.scouting');
    const names = await publicNames(ctx, shown);
    const posts = await postsCalled(
      ctx,
      invitations.map((one) => one.post_id),
    );
    const named = <T extends { person_id: string }>(one: T) => ({ ...one, name: names.get(one.person_id) ?? null });
    return {
      suggested: suggested.map(named),
      vacancies: (await list_vacancies.run(ctx, { limit: VACANCIES })).vacancies,
      invitations: invitations.map(({ invited_by_id: _, ...one }) => ({
        ...named(one),
        post: posts.get(one.post_id)!,
      })),
    };
  },
});

/** What I was asked to take on. Gone as soon as I no longer agree to be found. */
export const my_invitations = query({
  name: 'forum.my_invitations',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const agreed = await agreedTo(ctx, 'scouting', [ctx.actor.id]);
    const invitations = agreed.length > 0 ? await invitationsOf(ctx, agreed, INVITATIONS) : [];
    const posts = await postsCalled(
      ctx,
      invitations.map((one) => one.post_id),
    );
    const names = await publicNames(
      ctx,
      invitations.map((one) => one.invited_by_id),
    );
    return {
      agrees: agreed.length > 0,
      invitations: invitations.map(({ person_id: _, invited_by_id, ...one }) => ({
        ...{ ...one, invited_by: names.get(invited_by_id) ?? null, post: posts.get(one.post_id)! },
      })),
    };
  },
});
