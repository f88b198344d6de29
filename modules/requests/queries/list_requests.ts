import { z } from 'zod';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { type Cursor, countRequests, type Order, selectCards } from '../list.store.ts';
import { filters, instant, toFilters } from './filters.ts';

const COUNT_LIMIT = 10_000;

/** One page of the list by filters, with a cursor to the next; the total is exact up to ten thousand. */
export const list_requests = query({
  name: 'requests.list_requests',
  reads: 'nobody',
  input: z.object({
    ...filters,
    order: z.enum(['newest', 'due', 'answered']).default('newest'),
    limit: z.coerce.number().int().min(1).max(200).default(20),
    after: z.string().max(200).optional(),
    /** For clients that count pages; a cursor is exact while requests come in. */
    offset: z.coerce.number().int().min(0).max(10_000).default(0),
    count: z.boolean().default(false),
  }),
  async run(ctx, input) {
    const wanted = toFilters(ctx, input);
    const cards = await selectCards(
      ctx,
      wanted,
      input.order,
      input.limit + 1,
      input.after ? parseCursor(input.after) : undefined,
      input.offset,
    );
    const hasMore = cards.length > input.limit;
    const requests = cards.slice(0, input.limit);
    const last = requests.at(-1);
    return {
      requests,
      next: hasMore && last ? cursorOf(input.order, last) : null,
      total: input.count ? await countRequests(ctx, wanted, COUNT_LIMIT) : null,
    };
  },
});

const DATE_OF = { newest: 'submitted_at', due: 'due_at', answered: 'answered_at' } as const;

function cursorOf(order: Order, card: { id: string } & Partial<Record<(typeof DATE_OF)[Order], Date | null>>): string {
  return Buffer.from(`${card[DATE_OF[order]]?.toISOString()} ${card.id}`).toString('base64url');
}

function parseCursor(text: string): Cursor {
  const [at, id] = Buffer.from(text, 'base64url').toString().split(' ');
  const cursor = { at: new Date(at ?? ''), id: id ?? '' };
  if (!instant.safeParse(cursor.at).success || !z.uuid().safeParse(cursor.id).success)
    refuse('cursor_invalid', {}, { field: 'after' });
  return cursor;
}
