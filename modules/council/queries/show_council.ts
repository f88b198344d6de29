import { z } from 'zod';
import { list_organisations, organisationById, postsOf, stateOfTerm } from '#modules/groups/index.ts';
import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { type CouncilAction, councilPolicy } from '../council.policy.ts';
import { standingIn } from '../find.ts';

/** The council of the neighbourhood, or none. */
export async function councilOf(ctx: Ctx): Promise<string | null> {
  const input = list_organisations.input.parse({ kind: 'council', limit: 1 });
  return (await list_organisations.run(ctx, input)).organisations[0]?.id ?? null;
}

/** The council: who sits on it until when, which seats are free, by which rules it works, and what this reader may do. */
export const show_council = query({
  name: 'council.show_council',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const id = await councilOf(ctx);
    if (!id) return null;
    const organisation = (await organisationById(ctx, id))!;
    const { rules, version, changed_at, relations } = await standingIn(ctx, id);
    const may = (action: CouncilAction) => allows(councilPolicy, action, relations);
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      ...{
        id,
        names: organisation.names,
        about: organisation.about,
        rules,
        rules_version: version,
        rules_changed_at: changed_at,
      },
      posts: (await postsOf(ctx, id)).map(({ terms, ...post }) => ({
        ...post,
        votes: rules.posts.voting.includes(post.code),
        terms: terms.map(({ person_id, started_on, ends_on, public_name, seat }) => ({
          ...{ person_id, seat, name: public_name, started_on, ends_on, state: stateOfTerm(ends_on, today) },
        })),
      })),
      is_member: relations.has('member'),
      may: { write: may('write_meeting'), write_rules: may('write_rules'), move: may('move'), resolve: may('resolve') },
    };
  },
});
