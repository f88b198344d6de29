import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { type GroupAction, groupPolicy, groupRelations } from '../group.policy.ts';
import { belongingsOf, memberCounts } from '../membership.store.ts';
import { handlersOf, organisationById, organisationsBy, phasesOf } from '../organisation.store.ts';
import { takesOrganisations } from '../organisation.ts';
import { postsOf, termsEndedIn } from '../post.store.ts';
import { stateOfTerm } from '../post.ts';
import { ownPosts } from '../speak_for.ts';

const PARTS_SHOWN = 200;

/**
 * One organisation: what it is part of and its parts, its posts with who holds them, what it belongs to, how many members
 * it has, how its registration went, and what this reader may do; staff also see who handles what it is given.
 */
export const show_organisation = query({
  name: 'groups.show_organisation',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const relations = groupRelations(ctx.actor, id, await ownPosts(ctx));
    demand(groupPolicy, 'read', relations, { kind: 'organisation', id });
    const organisation = (await organisationById(ctx, id)) ?? notFound('organisation', id);
    const parent = organisation.parent_id ? await organisationById(ctx, organisation.parent_id) : undefined;
    const posts = await postsOf(ctx, id);
    const today = dateIn(ctx.community.time_zone, ctx.now);
    const may = (action: GroupAction) => allows(groupPolicy, action, relations);
    return {
      ...organisation,
      parent: parent ? { id: parent.id, names: parent.names } : null,
      parts: await organisationsBy(ctx, { parent_id: id, limit: PARTS_SHOWN }),
      takes_organisations: takesOrganisations(organisation.kind),
      posts: posts.map((post) => ({
        ...post,
        terms: post.terms.map((term) => ({ ...term, state: stateOfTerm(term.ends_on, today) })),
      })),
      earlier_terms: await termsEndedIn(ctx, id),
      member_counts: await memberCounts(ctx, id),
      belongs_to: await belongingsOf(ctx, { member_organisation_id: id }),
      phases: await phasesOf(ctx, id),
      handlers: may('read_handlers') ? await handlersOf(ctx, id) : null,
      may: {
        write: may('write'),
        write_post: may('write_post'),
        start_term: may('start_term'),
        admit: may('admit'),
        read_members: may('read_members'),
      },
    };
  },
});
