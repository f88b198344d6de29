import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { fingerprint } from '#platform/crypto.ts';
import type { Stop } from './letter.ts';

/** What a code is kept as: without the key nothing can be read from it, nor codes be tried against it. */
export const codeHash = (ctx: Pick<Ctx, 'keys'>, code: string): Buffer => fingerprint(ctx.keys, 'letters/code', code);

export type Letter = {
  id: string;
  campaign_id: string;
  household_id: string;
  position: number;
  expires_at: Date | null;
  delivered_at: Date | null;
};

const COLUMNS = ['id', 'campaign_id', 'household_id', 'position', 'expires_at', 'delivered_at'] as const;

/** Every door of these grids (all of them for none) that has not ended, as a stop of a walk. */
export async function doorsToWrite(ctx: Ctx, grid_ids: string[]): Promise<Stop[]> {
  const { rows } = await sql<Stop>`
    select h.id, coalesce(g.code, '') as grid, b.id as building_id, b.latitude, b.longitude, h.unit, h.floor, h.door
    from households h join buildings b on b.community_id = h.community_id and b.id = h.building_id
      left join grids g on g.community_id = b.community_id and g.id = b.grid_id
    where h.community_id = ${ctx.community.id} and h.ended_at is null and b.ended_at is null
      and (${grid_ids.length === 0} or b.grid_id = any (${grid_ids}::uuid[]))`.execute(ctx.tx);
  return rows;
}

/** One letter a door, in walking order; one statement for any number. */
export async function insertLetters(ctx: Ctx, campaign_id: string, household_ids: string[]): Promise<void> {
  const ids = household_ids.map(() => ctx.newId<'letter'>());
  await sql`insert into letters (community_id, id, campaign_id, household_id, position)
    select ${ctx.community.id}::uuid, t.id, ${campaign_id}::uuid, t.household_id, t.position::int
    from unnest(${ids}::uuid[], ${household_ids}::uuid[]) with ordinality as t (id, household_id, position)`.execute(
    ctx.tx,
  );
}

export type Address = {
  id: string;
  position: number;
  building_names: Record<string, string>;
  street: string | null;
  unit: number;
  floor: number;
  door: string;
  worker: string | null;
};

/** Letters of a campaign with the address in words, after a position, in walking order. */
export async function lettersToPrint(ctx: Ctx, campaign_id: string, after: number, limit: number): Promise<Address[]> {
  const { rows } = await sql<Address>`
    select l.id, l.position, b.names as building_names, b.street, h.unit, h.floor, h.door,
      (select p.public_name from grid_terms t join people p on p.community_id = t.community_id and p.id = t.person_id
        where t.community_id = b.community_id and t.grid_id = b.grid_id and t.duty = 'grid_worker' and t.ended_at is null
        order by t.started_at limit 1) as worker
    from letters l join households h on h.community_id = l.community_id and h.id = l.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where l.community_id = ${ctx.community.id} and l.campaign_id = ${campaign_id} and l.position > ${after}
    order by l.position limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** Gives letters new codes, as hashes; older codes of theirs are good for nothing from now on. */
export async function writeCodes(ctx: Ctx, codes: { id: string; hash: string }[], expires_at: Date): Promise<void> {
  await sql`update letters l set code_hash = decode(t.hash, 'hex'), expires_at = ${expires_at}
    from unnest(${codes.map((one) => one.id)}::uuid[], ${codes.map((one) => one.hash)}::text[]) as t (id, hash)
    where l.community_id = ${ctx.community.id} and l.id = t.id`.execute(ctx.tx);
}

/** The letter that a code belongs to, locked, so that claims at once follow each other. */
export async function lockByCode(ctx: Ctx, code: string): Promise<Letter | undefined> {
  return ctx.tx
    .selectFrom('letters')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('code_hash', '=', codeHash(ctx, code))
    .forUpdate()
    .executeTakeFirst();
}

export async function lockLetter(ctx: Ctx, id: string): Promise<Letter | undefined> {
  return ctx.tx
    .selectFrom('letters')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The newest printed letter of a household. */
export async function newestLetterOf(ctx: Ctx, household_id: string): Promise<Letter | undefined> {
  return ctx.tx
    .selectFrom('letters')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('household_id', '=', household_id)
    .where('code_hash', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function markDelivered(ctx: Ctx, id: string, how: 'at_knock' | 'in_letterbox', by_id: string) {
  await ctx.tx
    .updateTable('letters')
    .set({ delivered_at: ctx.now, delivered_by_id: by_id, delivered_how: how })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function claimsOf(ctx: Ctx, letter_id: string): Promise<{ person_id: string; outcome: string }[]> {
  return ctx.tx
    .selectFrom('letter_claims')
    .select(['person_id', 'outcome'])
    .where('community_id', '=', ctx.community.id)
    .where('letter_id', '=', letter_id)
    .execute();
}

export async function insertClaim(ctx: Ctx, claim: { letter_id: string; person_id: string; outcome: string }) {
  await ctx.tx
    .insertInto('letter_claims')
    .values({ ...claim, community_id: ctx.community.id, claimed_at: ctx.now })
    .execute();
}

/** Wrong codes within the hour: of this person, and of all. */
export async function wrongTries(ctx: Ctx, person_id: string): Promise<{ mine: number; all: number }> {
  const { rows } = await sql<{ mine: number; all: number }>`
    select count(*) filter (where person_id = ${person_id})::int as mine, count(*)::int as all from letter_tries
    where community_id = ${ctx.community.id} and at > ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.tx);
  return rows[0]!;
}

export async function insertTry(ctx: Ctx, person_id: string): Promise<void> {
  await ctx.tx
    .insertInto('letter_tries')
    .values({ community_id: ctx.community.id, id: ctx.newId(), person_id, at: ctx.now })
    .execute();
}

/** One claim of somebody at a time: whoever tries twice at once is counted twice. */
export async function lockClaimant(ctx: Ctx, person_id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`letter_tries/${person_id}`}, 0))`.execute(ctx.tx);
}

/** Wrong tries of more than a day ago are forgotten: they only slow whoever guesses now. */
export async function deleteOldTries(ctx: Ctx): Promise<void> {
  await sql`delete from letter_tries where community_id = ${ctx.community.id} and at < ${ctx.now}::timestamptz - interval '1 day'`.execute(
    ctx.tx,
  );
}
