import { z } from 'zod';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { groupPolicy } from '../group.policy.ts';
import { organisationsBy } from '../organisation.store.ts';
import { ORGANISATION_KINDS, PHASES } from '../organisation.ts';

/** The organisations of the neighbourhood by kind and name, page by page; `next` asks for the one after. */
export const list_organisations = query({
  name: 'groups.list_organisations',
  reads: 'nobody',
  input: z.object({
    kind: z.enum(ORGANISATION_KINDS).optional(),
    phase: z.enum(PHASES).optional(),
    words: z.string().trim().max(80).optional(),
    parent_id: z.uuid().optional(),
    member_of: z.uuid().optional(),
    after: z.uuid().optional(),
    limit: z.number().int().min(1).max(1000).default(50),
  }),
  async run(ctx, input) {
    demand(groupPolicy, 'read', generalRelations(ctx.actor), { kind: 'organisations', id: ctx.community.id });
    const rows = await organisationsBy(ctx, { ...input, limit: input.limit + 1 });
    const organisations = rows.slice(0, input.limit);
    return { organisations, next: rows.length > input.limit ? organisations.at(-1)!.id : null };
  },
});
