import { holdersOfPosts } from '#modules/groups/index.ts';
import { ROLES } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { fundPolicy, SIGNATORY_POSTS } from './fund.policy.ts';
import { grantsOf } from './holder.store.ts';

/** Everybody whom the policy lets decide about spendings today, once each, and by which role or post. */
export async function approversOf(ctx: Ctx): Promise<{ person_id: string; as: string }[]> {
  const roles = ROLES.filter((role) => fundPolicy.approve.includes(role));
  const found = [
    ...(await holdersOfPosts(ctx, 'council', SIGNATORY_POSTS)).map(({ person_id, code }) => ({ person_id, as: code })),
    ...(await grantsOf(ctx, roles)).map(({ person_id, role }) => ({ person_id, as: role as string })),
  ];
  return [...new Map(found.map((one) => [one.person_id, one])).values()];
}
