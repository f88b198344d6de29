import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { conflictById, DECISIONS, decide } from '../conflict.store.ts';
import { visitPolicy } from '../visit.policy.ts';

/**
 * A person decides between two accounts of one door: both stand, or one does and the other is set aside. It stays to be
 * read; due lists and figures go by the one that stands. Decided once.
 */
export const decide_conflict = command({
  name: 'visits.decide_conflict',
  input: z.object({ id: z.uuid(), decision: z.enum(DECISIONS), reason: z.string().trim().max(1000).optional() }),
  async run(ctx, { id, decision, reason }) {
    demand(visitPolicy, 'decide_conflict', generalRelations(ctx.actor), { kind: 'conflict', id });
    const conflict = await conflictById(ctx, id);
    // The visit that brought the conflict came second; beside it stands another visit, or what the desk wrote.
    const set_aside_visit_id =
      decision === 'first_stands' ? conflict.visit_id : decision === 'second_stands' ? conflict.other_visit_id : null;
    const isDecided = await decide(ctx, id, { decision, decision_reason: reason ?? null, set_aside_visit_id });
    if (!isDecided) refuse('conflict_decided');
    record(ctx, 'visit.conflict_decided', { kind: 'visit', id: conflict.visit_id }, { conflict_id: id, decision });
    return { id, decision };
  },
});
