import { z } from 'zod';
import { command } from '#platform/command.ts';
import { link } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { copyFollowers } from '../follower.store.ts';
import { openRequest } from '../open_request.ts';
import { id, reason, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { isOpen } from '../request.ts';

/** Joins requests about the same thing into one. Every reporter follows the one that goes on, and hears its answer. */
export const join_requests = command({
  name: 'requests.join_requests',
  input: z.object({ ...requestKey, from_ids: z.array(id).min(1).max(50), reason }),
  async run(ctx, input) {
    if (input.from_ids.includes(input.id)) refuse('join_itself', {}, { field: 'from_ids' });
    // Locked in one order by everybody, so that two joins cannot wait for each other.
    const ids = [...new Set([input.id, ...input.from_ids])].sort();
    const locked = new Map<string, Awaited<ReturnType<typeof openRequest>>>();
    for (const one of ids) {
      const key = one === input.id ? input : { id: one };
      locked.set(one, await openRequest(ctx, key, 'join_into'));
    }
    const into = locked.get(input.id)!;
    if (!isOpen(into.state)) refuse('join_into_ended', {}, { kind: 'request', id: into.id });
    for (const from_id of ids.filter((one) => one !== into.id)) {
      const from = locked.get(from_id)!;
      const changes = { joined_into_id: into.id, closed_at: ctx.now, paused_at: null };
      await takeStep(ctx, from, 'join_into', changes, { public_note: input.reason, data: { into_id: into.id } });
      await copyFollowers(ctx, from.id, into.id);
      await link(ctx, { kind: 'request', id: from.id }, 'joined_into', { kind: 'request', id: into.id });
    }
    return { id: into.id, number: into.number, joined: ids.length - 1 };
  },
});
