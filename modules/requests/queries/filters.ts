import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import type { Filters } from '../list.store.ts';
import { ANSWERED, ENDED, OPEN, STATES, type State } from '../request.ts';

const id = z.uuid();
const degrees = z.coerce.number();
/** A date that the calendar of the database reaches. */
export const instant = z.coerce
  .date()
  .refine((at) => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999, { params: { refusal: 'invalid_input' } });

/** The filters of every list, map and count of requests, as they stand in a URL. */
export const filters = {
  phase: z.enum(['open', 'answered', 'ended', 'all']).optional(),
  state: z.enum(STATES).optional(),
  states: z.array(z.enum(STATES)).min(1).optional(),
  kind: z.enum(['need', 'idea']).optional(),
  category_ids: z.array(id).max(50).optional(),
  grid_id: id.optional(),
  owner_id: id.optional(),
  organisation_id: id.optional(),
  /** Only mine: told by me, owed by me, or helped by me. */
  mine: z.enum(['told', 'owed', 'helped']).optional(),
  words: z.string().trim().max(100).optional(),
  overdue: z.boolean().optional(),
  reopened: z.boolean().optional(),
  submitted_from: instant.optional(),
  submitted_to: instant.optional(),
  answered_from: instant.optional(),
  answered_to: instant.optional(),
  changed_after: instant.optional(),
  within: z.object({ west: degrees, south: degrees, east: degrees, north: degrees }).optional(),
  joined_into_id: id.optional(),
  numbers: z.array(z.number().int().positive()).min(1).max(200).optional(),
  updated_to: instant.optional(),
};

const PHASES: Record<'open' | 'answered' | 'ended', readonly State[]> = {
  open: OPEN,
  answered: ANSWERED,
  ended: ENDED,
};

type Wanted = z.infer<z.ZodObject<typeof filters>>;

export function toFilters(ctx: Ctx, { phase, state, mine, ...rest }: Wanted): Filters {
  const me = principalOf(ctx.actor);
  return {
    ...rest,
    ...(phase && phase !== 'all' && { states: PHASES[phase] }),
    ...(state && { states: [state] }),
    ...(mine === 'told' && { reporter_id: me }),
    ...(mine === 'owed' && { owner_id: ctx.actor.id }),
    ...(mine === 'helped' && { helper_id: ctx.actor.id }),
  };
}
