import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { groupPolicy } from '../group.policy.ts';
import { endMemberships } from '../membership.store.ts';
import { changeOrganisation, handlersOf, lockOrganisation, organisationsBy } from '../organisation.store.ts';
import { termsHeldIn } from '../post.store.ts';

/**
 * An organisation is no more. While it has handlers, parts or people in its posts it stays, so that nothing it was given
 * is left without anybody: they are ended first, and what they had is handed on then. Its memberships end with it.
 */
export const end_organisation = command({
  name: 'groups.end_organisation',
  input: z.object({
    id: z.uuid(),
    expected_version: z.number().int().positive().optional(),
    reason: z.string().trim().max(400).optional(),
  }),
  async run(ctx, { id, expected_version, reason }) {
    demand(groupPolicy, 'write', generalRelations(ctx.actor), { kind: 'organisation', id });
    const before = (await lockOrganisation(ctx, id)) ?? notFound('organisation', id);
    const handlers = await handlersOf(ctx, id);
    if (handlers.length > 0) refuse('organisation_has_handlers', { count: handlers.length });
    const parts = await organisationsBy(ctx, { parent_id: id, limit: 1 });
    if (parts.length > 0) refuse('organisation_has_parts');
    if ((await termsHeldIn(ctx, id)).length > 0) refuse('organisation_has_posts');
    await changeOrganisation(ctx, before, { phase: 'closed', ended_at: ctx.now }, expected_version, reason);
    await endMemberships(ctx, id);
    record(ctx, 'organisation.ended', { kind: 'organisation', id });
    return { id };
  },
});
