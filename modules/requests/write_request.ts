import type { Place } from '#modules/places/index.ts';
import type { Ctx } from '#platform/context.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { searchVector } from '#platform/text_search.ts';
import { calendarOf } from './calendar.store.ts';
import type { Category } from './category.ts';
import type { CategorisedBy } from './choose_category.ts';
import { appendStep, insertRequest } from './request.store.ts';
import { keptBy, type Owner, ownerAtDesk, routeRequest } from './route_request.ts';
import { targetOf } from './target.ts';

export type NewRequest = {
  kind: 'need' | 'idea';
  intake: string;
  category: Category;
  /** Set when the category was left open; unless it was chosen surely enough, the desk looks first. */
  categorised_by?: CategorisedBy | null;
  text: string;
  public_text?: string;
  wants_public: boolean;
  is_public: boolean;
  details: Record<string, string>;
  place: Place;
  reporter_id: string | null;
  contact?: { sealed: Buffer; masked: string };
  /** Parts of a split keep the instant their whole was submitted at, and so its clock. */
  submitted_at?: Date;
  split_from_id?: string;
  /** Staff who heard it at a door and keep it, past the rules. */
  kept_by_id?: string;
  /** Resolved elsewhere: who owes it by when, past rules and target times. */
  owed?: { owner: Owner; due_at: Date };
};

/** Writes a request with owner, due dates and its first step. Shared by submitting and splitting. */
export async function writeRequest(ctx: Ctx, id: string, wanted: NewRequest) {
  const { category, place, contact, categorised_by } = wanted;
  const isForDesk = categorised_by?.is_automatic === false && !wanted.kept_by_id;
  const submitted_at = wanted.submitted_at ?? ctx.now;
  const where = { category_id: category.id, grid_id: place.grid_id, building_id: place.building_id };
  const owner =
    wanted.owed?.owner ??
    (wanted.kept_by_id ? keptBy(wanted.kept_by_id) : await (isForDesk ? ownerAtDesk(ctx) : routeRequest(ctx, where)));
  const counted = targetOf(await calendarOf(ctx), category, submitted_at, [], ctx.now);
  const target = wanted.owed ? { ...counted, due_at: wanted.owed.due_at } : counted;
  const public_text = maskPersonalData(wanted.public_text?.trim() || wanted.text);
  const number = await insertRequest(
    ctx,
    {
      id,
      kind: wanted.kind,
      intake: wanted.intake,
      category_id: category.id,
      categorised_by: categorised_by ? JSON.stringify(categorised_by) : null,
      state: 'submitted',
      text: wanted.text,
      public_text,
      // Nobody has said yet that it is no private matter.
      is_public: wanted.is_public && !isForDesk,
      wants_public: wanted.wants_public,
      details: JSON.stringify(wanted.details),
      ...place,
      reporter_id: wanted.reporter_id,
      reporter_contact_sealed: contact?.sealed ?? null,
      reporter_contact_masked: contact?.masked ?? null,
      recorded_by_id: ctx.actor.id,
      ...owner,
      routed_by: JSON.stringify(owner.routed_by),
      ...target,
      original_due_at: target.due_at,
      submitted_at,
      split_from_id: wanted.split_from_id ?? null,
    },
    searchVector(`${public_text} ${place.address_text ?? ''}`),
  );
  await appendStep(ctx, id, 'submit', null, 'submitted', {
    owner_id: owner.owner_id,
    due_at: target.due_at,
    data: {
      category: category.code,
      ...(categorised_by && { category_chosen: categorised_by.is_automatic ? 'automatically' : 'for_the_desk' }),
      intake: wanted.intake,
      rule_number: owner.routed_by.rule_number,
    },
  });
  return { number, ...owner, ...target };
}
