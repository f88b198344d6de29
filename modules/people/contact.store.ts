import type { Ctx } from '#platform/context.ts';
import { fingerprint, seal } from '#platform/crypto.ts';
import { maskContact, sealedPlace } from './person.ts';

export type ContactKind = 'phone' | 'email';

export type ContactRow = {
  id: string;
  kind: ContactKind;
  value_sealed: Buffer;
  value_masked: string;
  verified_at: Date | null;
  created_at: Date;
};

/** What finds a contact point again: equal values have equal fingerprints, and nothing can be read from one. */
export const contactFingerprint = (ctx: Pick<Ctx, 'keys'>, kind: ContactKind, value: string) =>
  fingerprint(ctx.keys, `contact_points/${kind}`, value);

export function contactRow(
  ctx: Ctx,
  contact: { id: string; person_id: string; kind: ContactKind; value: string; verified: boolean },
) {
  const { id, person_id, kind, value, verified } = contact;
  return {
    community_id: ctx.community.id,
    ...{ id, person_id, kind },
    value_sealed: seal(ctx.keys, sealedPlace.contact(id), value),
    value_masked: maskContact(kind, value),
    value_fingerprint: contactFingerprint(ctx, kind, value),
    verified_at: verified ? ctx.now : null,
    created_at: ctx.now,
  };
}

export async function addContact(
  ctx: Ctx,
  person_id: string,
  kind: ContactKind,
  value: string,
  verified: boolean,
): Promise<string> {
  const id = ctx.newId<'contact_point'>();
  await ctx.tx.insertInto('contact_points').values(contactRow(ctx, { id, person_id, kind, value, verified })).execute();
  return id;
}

export async function contactsOf(ctx: Ctx, personId: string): Promise<ContactRow[]> {
  const rows = await ctx.tx
    .selectFrom('contact_points')
    .select(['id', 'kind', 'value_sealed', 'value_masked', 'verified_at', 'created_at'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows as ContactRow[];
}

/** A contact point and whose it is; none when it has ended. */
export async function findContact(ctx: Ctx, id: string): Promise<{ id: string; person_id: string } | undefined> {
  return ctx.tx
    .selectFrom('contact_points')
    .select(['id', 'person_id'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function endContact(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('contact_points')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Ends all contact points of a kind, before the right one is written. */
export async function endContacts(ctx: Ctx, personId: string, kind: ContactKind): Promise<void> {
  await ctx.tx
    .updateTable('contact_points')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .execute();
}

/**
 * The one person, with or without a login, who has this phone verified; none when there are several, since then the
 * phone does not say who is meant.
 */
export async function personWithPhone(ctx: Ctx, phone: string, has_login: boolean): Promise<string | undefined> {
  const rows = await ctx.tx
    .selectFrom('contact_points')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'contact_points.community_id')
        .onRef('people.id', '=', 'contact_points.person_id'),
    )
    .select('people.id')
    .distinct()
    .where('contact_points.community_id', '=', ctx.community.id)
    .where('value_fingerprint', '=', contactFingerprint(ctx, 'phone', phone))
    .where('contact_points.ended_at', 'is', null)
    .where('contact_points.verified_at', 'is not', null)
    .where('people.erased_at', 'is', null)
    .where('people.login_id', has_login ? 'is not' : 'is', null)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.id : undefined;
}
