import { watchMilestones } from '#modules/projects/index.ts';
import { sweepRequests } from '#modules/requests/index.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';

/** What is due soon or late: requests and the milestones of projects. Safe to repeat at any time. */
export async function sweepCommunity(environment: Environment, community: Community): Promise<void> {
  await sweepRequests(environment, community);
  await watchMilestones(environment, community);
}
