import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** A phone that took rounds along. One that was ordered to wipe is told so at each contact. */
export type PhoneRow = {
  id: string;
  person_id: string;
  person_name: string | null;
  last_contact_at: Date;
  wipe_ordered_at: Date | null;
  wiped_at: Date | null;
};

const columns = sql`p.id, p.person_id, w.public_name as person_name, p.last_contact_at, p.wipe_ordered_at, p.wiped_at`;
const tables = sql`phones p left join people w on w.community_id = p.community_id and w.id = p.person_id`;

export async function phoneById(ctx: Ctx, id: string): Promise<PhoneRow | undefined> {
  const { rows } = await sql<PhoneRow>`
    select ${columns} from ${tables} where p.community_id = ${ctx.community.id} and p.id = ${id}`.execute(ctx.tx);
  return rows[0];
}

/** Phones of somebody, or of everybody; the one heard from last first. */
export async function phoneList(ctx: Ctx, person_id: string | null, limit: number): Promise<PhoneRow[]> {
  const { rows } = await sql<PhoneRow>`
    select ${columns} from ${tables}
    where p.community_id = ${ctx.community.id} and (${person_id}::uuid is null or p.person_id = ${person_id}::uuid)
    order by p.last_contact_at desc, p.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** Writes that a phone was heard from; a phone belongs to whoever brought it first. */
export async function saveContact(ctx: Ctx, id: string): Promise<void> {
  await sql`
    insert into phones (community_id, id, person_id, known_since_at, last_contact_at)
    values (${ctx.community.id}, ${id}, ${ctx.actor.id}, ${ctx.now}, ${ctx.now})
    on conflict (community_id, id) do update set last_contact_at = excluded.last_contact_at
      where phones.person_id = excluded.person_id`.execute(ctx.tx);
}

export async function saveWipeOrder(ctx: Ctx, id: string): Promise<void> {
  await sql`
    update phones set wipe_ordered_at = ${ctx.now}, wipe_ordered_by_id = ${ctx.actor.id}
    where community_id = ${ctx.community.id} and id = ${id} and wipe_ordered_at is null`.execute(ctx.tx);
}

export async function saveWiped(ctx: Ctx, id: string): Promise<void> {
  await sql`
    update phones set wiped_at = ${ctx.now}
    where community_id = ${ctx.community.id} and id = ${id} and wipe_ordered_at is not null and wiped_at is null`.execute(
    ctx.tx,
  );
}
