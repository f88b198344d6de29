import { z } from 'zod';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { groupPolicy } from '../group.policy.ts';
import { handlersOf, organisationById, organisationsBy } from '../organisation.store.ts';

const PARTS_SHOWN = 200;

/** One organisation with what it is part of and its own parts; staff also see who handles what it is given. */
export const show_organisation = query({
  name: 'groups.show_organisation',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const relations = generalRelations(ctx.actor);
    demand(groupPolicy, 'read', relations, { kind: 'organisation', id });
    const organisation = (await organisationById(ctx, id)) ?? notFound('organisation', id);
    const parent = organisation.parent_id ? await organisationById(ctx, organisation.parent_id) : undefined;
    return {
      ...organisation,
      parent: parent ? { id: parent.id, names: parent.names } : null,
      parts: await organisationsBy(ctx, { parent_id: id, limit: PARTS_SHOWN }),
      handlers: allows(groupPolicy, 'read_handlers', relations) ? await handlersOf(ctx, id) : null,
    };
  },
});
