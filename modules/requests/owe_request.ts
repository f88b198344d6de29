import type { Ctx } from '#platform/context.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';
import { findCategory } from './category.store.ts';
import { addFollower } from './follower.store.ts';
import type { Owner } from './route_request.ts';
import { leastLoadedHandler } from './routing.store.ts';
import { writeRequest } from './write_request.ts';

/** What a council has resolved that somebody owes by a day. */
export type Owed = {
  id: string;
  text: string;
  /** A category that is public, by id or code. */
  category: string;
  due_at: Date;
  /** An organisation, whose least loaded handler owns it, or the person who holds a post. */
  owner: { organisation_id: string } | { person_id: string };
};

/**
 * Writes a request that a council owes the neighbourhood: public, past the rules, with the date that was resolved. From
 * there it is a request like any other; whoever wrote the resolution down is told of it and confirms or reopens it.
 */
export async function oweRequest(
  ctx: Ctx,
  { id, text, category: asked, due_at, owner }: Owed,
): Promise<{ number: number }> {
  const category = await findCategory(ctx, isId(asked) ? { id: asked } : { code: asked });
  if (category.is_private) refuse('category_private', {}, { field: 'category' });
  const { number } = await writeRequest(ctx, id, {
    ...{ kind: 'need', intake: 'council', category, text, wants_public: true, is_public: true, details: {} },
    place: {
      address_text: null,
      latitude: null,
      longitude: null,
      grid_id: null,
      building_id: null,
      household_id: null,
    },
    reporter_id: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    owed: { due_at, owner: await ownerOf(ctx, owner) },
  });
  if (ctx.actor.kind === 'person') await addFollower(ctx, id, ctx.actor.id, 'reporter');
  return { number };
}

async function ownerOf(ctx: Ctx, owner: Owed['owner']): Promise<Owner> {
  const routed_by = { rule_number: null, reason: null, matched: [], owner_kind: 'resolution' as const };
  if ('person_id' in owner) return { owner_id: owner.person_id, owner_organisation_id: null, routed_by };
  const owner_id = await leastLoadedHandler(ctx, owner.organisation_id);
  if (!owner_id) refuse('no_handler', {}, { field: 'owner' });
  return { owner_id, owner_organisation_id: owner.organisation_id, routed_by };
}
