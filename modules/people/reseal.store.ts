import { sql } from 'kysely';
import { wayPlace } from '#platform/channels/address.store.ts';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { sealedPlace } from './person.ts';

const SEALED = [
  { table: 'people', column: 'name_sealed', place: sealedPlace.name },
  { table: 'contact_points', column: 'value_sealed', place: sealedPlace.contact },
  { table: 'corrections', column: 'proposed_sealed', place: sealedPlace.correction },
  { table: 'care_circumstances', column: 'note_sealed', place: sealedPlace.care_note },
  { table: 'push_subscriptions', column: 'subscription_sealed', place: wayPlace.push },
  { table: 'chat_addresses', column: 'url_sealed', place: wayPlace.chat },
] as const;

/** Seals up to `limit` values anew that an older key sealed; answers how many, 0 when none is left. The rows stay the same otherwise. */
export async function resealSome(ctx: Ctx, limit: number): Promise<number> {
  const newest = ctx.keys.sealing[0]!.id;
  let done = 0;
  for (const { table, column, place } of SEALED) {
    if (done >= limit) break;
    const [name, value] = [sql.table(table), sql.ref(column)];
    // The first byte of a sealed value is the number of its key (platform/crypto.ts, isStale).
    const { rows } = await sql<{ id: string; sealed: Buffer }>`
      select id, ${value} as sealed from ${name} where community_id = ${ctx.community.id}
        and get_byte(${value}, 0) <> ${newest} limit ${limit - done} for update skip locked`.execute(ctx.tx);
    if (rows.length === 0) continue;
    const ids = rows.map((row) => row.id);
    const anew = rows.map((row) =>
      seal(ctx.keys, place(row.id), open(ctx.keys, place(row.id), row.sealed)).toString('hex'),
    );
    await sql`update ${name} t set ${sql.ref(column)} = decode(n.hex, 'hex')
      from unnest(${ids}::uuid[], ${anew}::text[]) as n (id, hex)
      where t.community_id = ${ctx.community.id} and t.id = n.id`.execute(ctx.tx);
    done += rows.length;
  }
  return done;
}
