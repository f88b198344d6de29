import { z } from 'zod';
import { hasRole } from '../actor.ts';
import { command } from '../command.ts';
import type { Ctx } from '../context.ts';
import { record } from '../event.ts';
import { query } from '../query.ts';
import { notFound } from '../refusal.ts';
import { CHANNELS } from './channel.ts';
import { countDeliveries, listDeliveries, retryDeliveries } from './desk.store.ts';

export const DELIVERY_STATES = ['waiting', 'sent', 'failed', 'given_up', 'not_needed'] as const;

const filters = z.object({
  channel: z.enum(CHANNELS).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  days: z.number().int().min(1).max(365).default(30),
});

/** Messages and how they fared, the newest first, with counts by channel; for the desk. No words, no names, addresses masked. */
export const list_deliveries = query({
  name: 'platform.list_deliveries',
  reads: 'nobody',
  input: filters.extend({ after: z.uuid().optional(), limit: z.number().int().min(1).max(5000).default(50) }),
  async run(ctx, input) {
    demandDesk(ctx);
    const since = new Date(ctx.now.getTime() - input.days * 86_400_000);
    const rows = await listDeliveries(ctx, { ...input, since, limit: input.limit + 1 });
    const deliveries = rows.slice(0, input.limit);
    const next = rows.length > input.limit ? (deliveries.at(-1)?.id ?? null) : null;
    return { deliveries, next, counts: await countDeliveries(ctx, since) };
  },
});

/** Sends again what was given up or waits for its next try: one message, or all of a channel. */
export const retry_deliveries = command({
  name: 'platform.retry_deliveries',
  input: z.union([z.object({ id: z.uuid() }), z.object({ channel: z.enum(CHANNELS) })]),
  async run(ctx, input) {
    demandDesk(ctx);
    const retried = await retryDeliveries(ctx, input);
    if ('id' in input && retried === 0) notFound('delivery', input.id);
    record(ctx, 'deliveries.retried', { kind: 'community', id: ctx.community.id }, { count: retried });
    return { retried };
  },
});

function demandDesk(ctx: Ctx): void {
  if (!hasRole(ctx.actor, 'desk_officer', 'secretary', 'administrator')) notFound('deliveries', ctx.community.id);
}
