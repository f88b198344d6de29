import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { contactFingerprint } from './contact.store.ts';
import { nameFingerprint } from './person.store.ts';

export type Found = {
  id: string;
  name_masked: string;
  public_name: string | null;
  phone_masked: string | null;
  /** The memberships of the doors they live behind. */
  homes: {
    id: string;
    names: Record<string, string>;
    unit: number;
    door: string;
    grid_id: string | null;
    is_verified: boolean;
  }[];
};

export type SearchBy = { phone: string } | { name: string } | { household_id: string } | { id: string };

const LIMIT = 50;

/** People by exact phone, exact name, door or id; names and phones masked. */
export async function searchPeople(ctx: Ctx, by: SearchBy): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select p.id, p.name_masked, p.public_name,
      (select value_masked from contact_points c where c.community_id = p.community_id and c.person_id = p.id and c.kind = 'phone'
        and c.ended_at is null order by c.created_at limit 1) as phone_masked,
      coalesce((select json_agg(json_build_object('id', m.id, 'names', b.names, 'unit', h.unit, 'door', h.door, 'grid_id', b.grid_id,
          'is_verified', m.verified_at is not null) order by m.started_at, m.id)
        from household_members m
        join households h on h.community_id = m.community_id and h.id = m.household_id
        join buildings b on b.community_id = h.community_id and b.id = h.building_id
        where m.community_id = p.community_id and m.person_id = p.id and m.ended_at is null), '[]') as homes
    from people p where p.community_id = ${ctx.community.id} and p.erased_at is null and ${condition(ctx, by)}
    order by p.id limit ${LIMIT}`.execute(ctx.tx);
  return rows;
}

function condition(ctx: Ctx, by: SearchBy): RawBuilder<unknown> {
  if ('id' in by) return sql`p.id = ${by.id}`;
  if ('phone' in by)
    return sql`exists (select 1 from contact_points c where c.community_id = p.community_id and c.person_id = p.id
      and c.ended_at is null and c.value_fingerprint = ${contactFingerprint(ctx, 'phone', by.phone)})`;
  if ('household_id' in by)
    return sql`exists (select 1 from household_members m where m.community_id = p.community_id and m.person_id = p.id
      and m.ended_at is null and m.household_id = ${by.household_id})`;
  return sql`(p.name_fingerprint = ${nameFingerprint(ctx, by.name)} or p.public_name = ${by.name})`;
}
