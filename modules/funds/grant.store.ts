import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { GrantDirection, Instalment } from './grant.ts';

export type Grant = {
  id: string;
  identifier: string;
  direction: GrantDirection;
  title: string;
  description: string;
  organisation_id: string | null;
  party_name: string;
  party_identifier: string;
  fund_id: string | null;
  currency: string;
  amount_fen: number;
  awarded_on: string;
  starts_on: string | null;
  ends_on: string | null;
  /** As somebody else published it. */
  source: Record<string, unknown> | null;
};
export type StoredInstalment = Instalment & {
  grant_id: string;
  met_note: string | null;
  spending_id: string | null;
  transfer_id: string | null;
};
export type ListedGrant = Grant & {
  recorded_at: Date;
  fund_names: Record<string, string> | null;
  instalments: StoredInstalment[];
};

export async function insertGrants(ctx: Ctx, grants: readonly Grant[]): Promise<void> {
  const rows = grants.map((one) => ({ ...one, at: ctx.now.toISOString(), by: ctx.actor.id }));
  await sql`
    insert into grants (community_id, id, identifier, direction, title, description, organisation_id, party_name, party_identifier,
      fund_id, currency, amount_fen, awarded_on, starts_on, ends_on, source, recorded_at, recorded_by_id)
    select ${ctx.community.id}::uuid, id, identifier, direction, title, description, organisation_id, party_name, party_identifier,
      fund_id, currency, amount_fen, awarded_on, starts_on, ends_on, source, at, by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, identifier text, direction text, title text, description text,
      organisation_id uuid, party_name text, party_identifier text, fund_id uuid, currency text, amount_fen bigint, awarded_on date,
      starts_on date, ends_on date, source jsonb, at timestamptz, by uuid)`.execute(ctx.tx);
}

export async function knownIdentifiers(ctx: Ctx, all: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ identifier: string }>`
    select identifier from grants where community_id = ${ctx.community.id} and identifier = any (${[...all]}::text[])`.execute(
    ctx.tx,
  );
  return new Set(rows.map((row) => row.identifier));
}

export async function insertInstalments(
  ctx: Ctx,
  grant_id: string,
  all: readonly { amount_fen: number; due_on: string; condition: string | null }[],
): Promise<void> {
  if (all.length === 0) return;
  await ctx.tx
    .insertInto('grant_instalments')
    .values(all.map((one, i) => ({ ...one, community_id: ctx.community.id, grant_id, number: i + 1 })))
    .execute();
}

/** Grants with their instalments, the latest first. */
export async function grantsBy(ctx: Ctx, by: { id?: string; before?: string; limit: number }): Promise<ListedGrant[]> {
  const { rows } = await sql<Omit<ListedGrant, 'instalments'>>`
    select g.id, g.identifier, g.direction, g.title, g.description, g.organisation_id, g.party_name, g.party_identifier, g.fund_id,
      g.currency, g.amount_fen, g.awarded_on::text as awarded_on, g.starts_on::text as starts_on, g.ends_on::text as ends_on, g.source,
      g.recorded_at, a.names as fund_names
    from grants g left join accounts a on a.community_id = g.community_id and a.id = g.fund_id
    where g.community_id = ${ctx.community.id} and (${by.id ?? null}::uuid is null or g.id = ${by.id ?? null})
      and (${by.before ?? null}::uuid is null or g.id < ${by.before ?? null})
    order by g.id desc limit ${by.limit}`.execute(ctx.tx);
  const instalments = await instalmentsOf(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, instalments: instalments.filter((one) => one.grant_id === row.id) }));
}

async function instalmentsOf(ctx: Ctx, grant_ids: readonly string[]): Promise<StoredInstalment[]> {
  const { rows } = await sql<StoredInstalment>`
    select i.grant_id, i.number, i.amount_fen, i.due_on::text as due_on, i.condition, i.met_at is not null as is_met, i.met_note, i.spending_id,
      coalesce(i.transfer_id, s.transfer_id) as transfer_id, coalesce(s.state = 'waiting', false) as is_asked,
      i.transfer_id is not null or coalesce(s.state = 'posted' and not exists (select 1 from transfers r
        where r.community_id = s.community_id and r.reverses_id = s.transfer_id), false) as is_paid
    from grant_instalments i left join spendings s on s.community_id = i.community_id and s.id = i.spending_id
    where i.community_id = ${ctx.community.id} and i.grant_id = any (${[...grant_ids]}::uuid[]) order by i.grant_id, i.number`.execute(
    ctx.tx,
  );
  return rows;
}

/** Locks an instalment, so that it is paid or received once. */
export async function lockInstalment(
  ctx: Ctx,
  grant_id: string,
  number: number,
): Promise<StoredInstalment | undefined> {
  await sql`select 1 from grant_instalments where community_id = ${ctx.community.id} and grant_id = ${grant_id} and number = ${number}
    for update`.execute(ctx.tx);
  return (await instalmentsOf(ctx, [grant_id])).find((one) => one.number === number);
}

export async function setInstalment(
  ctx: Ctx,
  grant_id: string,
  number: number,
  change: { spending_id: string } | { transfer_id: string } | { met_note: string },
): Promise<void> {
  const met = 'met_note' in change && { met_at: ctx.now, met_by_id: ctx.actor.id };
  await ctx.tx
    .updateTable('grant_instalments')
    .set({ ...change, ...met })
    .where('community_id', '=', ctx.community.id)
    .where('grant_id', '=', grant_id)
    .where('number', '=', number)
    .execute();
}
