import type { Ctx } from '#platform/context.ts';
import { allows, demand } from '#platform/policy.ts';
import { type GroupAction, groupPolicy, groupRelations, holderOf } from './group.policy.ts';
import { type HeldPost, postsHeldBy } from './post.store.ts';

/** The posts the actor holds today; none for visitors, the system and whoever acts for somebody else. */
export async function ownPosts(ctx: Ctx): Promise<HeldPost[]> {
  const holder = holderOf(ctx.actor);
  return holder ? postsHeldBy(ctx, holder) : [];
}

/** Whether the actor may do something with an organisation. */
export async function maySpeak(ctx: Ctx, organisationId: string, action: GroupAction = 'speak'): Promise<boolean> {
  return allows(groupPolicy, action, groupRelations(ctx.actor, organisationId, await ownPosts(ctx)));
}

/** Refuses with `not_found` unless the actor may do it with this organisation: by a role, or by a post that speaks for it. */
export async function demandForOrganisation(ctx: Ctx, action: GroupAction, organisationId: string): Promise<void> {
  const relations = groupRelations(ctx.actor, organisationId, await ownPosts(ctx));
  demand(groupPolicy, action, relations, { kind: 'organisation', id: organisationId });
}
