import { sql } from 'kysely';
import { endWaysTo } from '#platform/channels/address.store.ts';
import type { Ctx } from '#platform/context.ts';
import { seal } from '#platform/crypto.ts';
import { nameColumns } from './person.store.ts';
import { sealedPlace } from './person.ts';
import { KEPT_AFTER_END_DAYS } from './retention.ts';

export type Tombstone = { kind: string; ground: string; deleted_at: Date };

export async function tombstonesOf(ctx: Ctx, personId: string): Promise<Tombstone[]> {
  return ctx.tx
    .selectFrom('tombstones')
    .select(['kind', 'ground', 'deleted_at'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

export async function insertTombstones(
  ctx: Ctx,
  kind: string,
  gone: { id: string; person_id: string; ground: string }[],
): Promise<void> {
  if (gone.length === 0) return;
  const rows = gone.map(({ id: thing_id, person_id, ground }) => ({
    ...{ community_id: ctx.community.id, id: ctx.newId(), kind, thing_id, person_id, ground, deleted_at: ctx.now },
  }));
  await ctx.tx
    .insertInto('tombstones')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Deletes up to `limit` circumstances that are due: withdrawn or wrong ones at once, others some weeks after their end. */
export async function deleteDueCare(
  ctx: Ctx,
  limit: number,
): Promise<{ id: string; person_id: string; ground: string }[]> {
  const before = new Date(ctx.now.getTime() - KEPT_AFTER_END_DAYS * 86_400_000);
  const { rows } = await sql<{ id: string; person_id: string; ground: string }>`
    delete from care_circumstances c where c.community_id = ${ctx.community.id} and c.id in (
      select d.id from care_circumstances d where d.community_id = ${ctx.community.id}
        and (d.end_reason in ('withdrawn', 'recorded_wrongly', 'erased') or d.ended_at < ${before} or d.expires_on < ${before}::date)
      order by d.id limit ${limit} for update skip locked)
    returning c.id, c.person_id, coalesce(c.end_reason, 'expired') as ground`.execute(ctx.tx);
  return rows;
}

/** Wipes phones and mailboxes that ended some weeks ago; the row stays, with nothing in it. */
export async function wipeEndedContacts(
  ctx: Ctx,
  limit: number,
): Promise<{ id: string; person_id: string; ground: string }[]> {
  const before = new Date(ctx.now.getTime() - KEPT_AFTER_END_DAYS * 86_400_000);
  const rows = await ctx.tx
    .selectFrom('contact_points')
    .select(['id', 'person_id'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', '<', before)
    .where('value_masked', '<>', '')
    .limit(limit)
    .forUpdate()
    .execute();
  await wipeContacts(ctx, rows);
  return rows.map((row) => ({ ...row, ground: 'ended' }));
}

async function wipeContacts(ctx: Ctx, rows: { id: string }[]): Promise<void> {
  for (const { id } of rows)
    await ctx.tx
      .updateTable('contact_points')
      .set((e) => ({
        value_sealed: seal(ctx.keys, sealedPlace.contact(id), ''),
        value_masked: '',
        // Nothing finds it again.
        value_fingerprint: Buffer.alloc(0),
        ended_at: e.fn.coalesce('ended_at', e.val(ctx.now)),
      }))
      .where('community_id', '=', ctx.community.id)
      .where('id', '=', id)
      .execute();
}

/** Takes from a person what makes them one; the id stays for what must be kept. */
export async function eraseRows(ctx: Ctx, id: string): Promise<void> {
  const { tx, now } = ctx;
  const community_id = ctx.community.id;
  const mine = { community_id, person_id: id };
  await sql`update household_members set ended_at = ${now} where community_id = ${community_id} and person_id = ${id} and ended_at is null`.execute(
    tx,
  );
  await sql`update proxies set ended_at = ${now} where community_id = ${community_id} and ended_at is null and (subject_id = ${id} or proxy_id = ${id})`.execute(
    tx,
  );
  await sql`update consents set withdrawn_at = ${now}, withdrawn_by_id = ${ctx.actor.id} where community_id = ${community_id} and person_id = ${id} and withdrawn_at is null`.execute(
    tx,
  );
  const contacts = await tx
    .selectFrom('contact_points')
    .select('id')
    .where('community_id', '=', mine.community_id)
    .where('person_id', '=', mine.person_id)
    .execute();
  await wipeContacts(ctx, contacts);
  await endWaysTo(ctx, id);
  const corrections = await tx
    .selectFrom('corrections')
    .select('id')
    .where('community_id', '=', community_id)
    .where('person_id', '=', id)
    .execute();
  for (const one of corrections)
    await tx
      .updateTable('corrections')
      .set({ proposed_sealed: seal(ctx.keys, sealedPlace.correction(one.id), ''), reason: '' })
      .where('community_id', '=', community_id)
      .where('id', '=', one.id)
      .execute();
  const gone = await tx
    .deleteFrom('care_circumstances')
    .where('community_id', '=', community_id)
    .where('person_id', '=', id)
    .returning(['id', 'person_id'])
    .execute();
  await insertTombstones(
    ctx,
    'care_circumstance',
    gone.map((one) => ({ ...one, ground: 'erased' })),
  );
  await tx
    .updateTable('people')
    .set((e) => ({
      ...nameColumns(ctx, id, ''),
      name_fingerprint: Buffer.alloc(0),
      ...{ public_name: null, born_in_year: null, login_id: null, erased_at: now },
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', community_id)
    .where('id', '=', id)
    .execute();
  await insertTombstones(ctx, 'person', [{ id, person_id: id, ground: 'erased' }]);
}

/** How much there is of what erasure has to leave. */
export async function keptCounts(ctx: Ctx, id: string): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from file_reads where community_id = ${ctx.community.id} and person_id = ${id}) as file_reads,
    (select count(*)::int from consents where community_id = ${ctx.community.id} and person_id = ${id}) as consents,
    (select count(*)::int from events where community_id = ${ctx.community.id} and subject_kind = 'person' and subject_id = ${id}) as events,
    (select count(*)::int from tombstones where community_id = ${ctx.community.id} and person_id = ${id}) as tombstones`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
