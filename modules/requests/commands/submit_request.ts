import { z } from 'zod';
import { locate } from '#modules/places/index.ts';
import { isStaff, principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { seal } from '#platform/crypto.ts';
import { maskContact } from '#platform/personal_data.ts';
import { refuse } from '#platform/refusal.ts';
import { checkDetails } from '../category.ts';
import { chooseCategory } from '../choose_category.ts';
import { addFollower } from '../follower.store.ts';
import { addPhotos } from '../photo.store.ts';
import { fileHashes, id, longText, place } from '../request.input.ts';
import { writeRequest } from '../write_request.ts';

const BY_STAFF = ['desk', 'phone', 'visit'];

/**
 * A need or an idea is told: it gets a number, one owner and a due date at once. A resident's goes public when they wish
 * it; a visitor's wish is kept until somebody has taken the request on.
 */
export const submit_request = command({
  name: 'requests.submit_request',
  input: z.object({
    /** Made by a sender who has to name the request before there is a signal. */
    id: id.optional(),
    /** When staff heard it, where that was before it could be sent: its clock runs from then. */
    heard_at: z.coerce.date().optional(),
    /** Whoever heard it at a door keeps it: they settled it there, or promised it themselves. */
    keep: z.boolean().default(false),
    kind: z.enum(['need', 'idea']).default('need'),
    intake: z.enum(['web', 'poster', 'desk', 'phone', 'visit', 'open311', 'api', 'import']).default('web'),
    /** Left out when the teller does not know: the router or the desk finds it. */
    category: z.union([z.object({ id }), z.object({ code: z.string().max(60) })]).optional(),
    text: longText,
    public_text: z.string().trim().max(4000).optional(),
    wants_public: z.boolean().default(false),
    details: z.record(z.string().max(60), z.string().max(1000)).default({}),
    place: place.default({}),
    photos: fileHashes,
    /** How to reach somebody without an account; sealed, shown masked. */
    contact: z.string().trim().max(200).optional(),
  }),
  async run(ctx, input) {
    const byStaff = BY_STAFF.includes(input.intake);
    if (byStaff && !isStaff(ctx.actor)) refuse('staff_only', {}, { field: 'intake' });
    const { category, categorised_by } = await chooseCategory(ctx, input.category, input.text);
    const details = checkDetails(category.form, input.details);
    const where = await locate(ctx, input.place);
    if (category.needs_place && where.latitude === null && !where.address_text)
      refuse('place_needed', {}, { field: 'place' });
    const reporter_id = reporterOf(ctx, byStaff);
    const requestId = input.id ?? ctx.newId<'request'>();
    const written = await writeRequest(ctx, requestId, {
      ...input,
      submitted_at: byStaff && input.heard_at && input.heard_at < ctx.now ? input.heard_at : undefined,
      kept_by_id: byStaff && input.keep ? ctx.actor.id : undefined,
      category,
      categorised_by,
      details,
      place: where,
      reporter_id,
      is_public: input.wants_public && !category.is_private && ctx.actor.kind === 'person',
      contact: input.contact ? sealContact(ctx, requestId, input.contact) : undefined,
    });
    if (reporter_id) await addFollower(ctx, requestId, reporter_id, 'reporter');
    await addPhotos(ctx, requestId, input.photos, 'before', input.wants_public && !category.is_private);
    return {
      id: requestId,
      number: written.number,
      owner_id: written.owner_id,
      due_at: written.due_at.toISOString(),
      response_due_at: written.response_due_at.toISOString(),
    };
  },
});

/** The resident whose need it is. Staff at a desk record for somebody else; without a named resident it is nobody known. */
function reporterOf(ctx: Ctx, byStaff: boolean): string | null {
  if (ctx.actor.kind !== 'person') return null;
  if (byStaff) return ctx.actor.on_behalf_of_id ?? null;
  return principalOf(ctx.actor);
}

function sealContact(ctx: Ctx, requestId: string, contact: string) {
  return { sealed: seal(ctx.keys, `requests/reporter_contact/${requestId}`, contact), masked: maskContact(contact) };
}
