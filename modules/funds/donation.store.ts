import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import type { DonationKind } from './donation.ts';

export type Donor = { id: string; person_id: string | null; name: string; is_hidden: boolean };
export type Donation = {
  id: string;
  kind: DonationKind;
  amount_fen: number | null;
  hours: number | null;
  description: string | null;
  fund_id: string | null;
  /** The line that holds it when it was given for that line's use alone. */
  budget_line_id: string | null;
  transfer_id: string | null;
  received_on: string;
  receipt_year: number;
  receipt_number: number;
};
/** A donation with who gave it; `donor_name` is null where the giver asked to be hidden. */
export type ListedDonation = Donation & {
  donor_id: string;
  donor_name: string | null;
  fund_names: Record<string, string> | null;
  line_names: Record<string, string> | null;
};

/** What a donor's sealed name is bound to. */
export const donorPlace = (id: string) => `donors/name/${id}`;

export async function insertDonor(ctx: Ctx, { name, ...donor }: Donor): Promise<void> {
  await ctx.tx
    .insertInto('donors')
    .values({
      ...donor,
      name_sealed: seal(ctx.keys, donorPlace(donor.id), name),
      community_id: ctx.community.id,
      created_at: ctx.now,
      created_by_id: ctx.actor.id,
    })
    .execute();
}

export async function findDonor(ctx: Ctx, by: { id: string } | { person_id: string }): Promise<Donor | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['person_id', by.person_id] as const);
  const row = await ctx.tx
    .selectFrom('donors')
    .select(['id', 'person_id', 'name_sealed', 'is_hidden'])
    .where('community_id', '=', ctx.community.id)
    .where(column, '=', value)
    .executeTakeFirst();
  return row && { ...row, name: open(ctx.keys, donorPlace(row.id), row.name_sealed) };
}

/** Those of the donors who are known here as persons: whose files are read with their gifts. */
export async function peopleOfDonors(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom('donors')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', [...new Set(ids)])
    .where('person_id', 'is not', null)
    .execute();
  return rows.map((row) => row.person_id!);
}

export async function setDonorHidden(ctx: Ctx, id: string, is_hidden: boolean): Promise<void> {
  await ctx.tx
    .updateTable('donors')
    .set({ is_hidden })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** The next receipt number of a year; its row stays locked until the donation is written, so that none is skipped. */
export async function takeReceiptNumber(ctx: Ctx, year: number): Promise<number> {
  const { rows } = await sql<{ last_number: number }>`
    insert into receipt_numbers (community_id, year, last_number) values (${ctx.community.id}, ${year}, 1)
    on conflict (community_id, year) do update set last_number = receipt_numbers.last_number + 1
    returning last_number`.execute(ctx.tx);
  return rows[0]!.last_number;
}

export async function insertDonation(ctx: Ctx, donation: Donation & { donor_id: string }): Promise<void> {
  await ctx.tx
    .insertInto('donations')
    .values({ ...donation, community_id: ctx.community.id, recorded_at: ctx.now, recorded_by_id: ctx.actor.id })
    .execute();
}

type DonationFilter = {
  fund_id?: string;
  donor_id?: string;
  ids?: string[];
  from_on?: string;
  until_on?: string;
  before?: string;
  limit: number;
};

/** Donations, the latest first; names are opened only where `whole` or where the giver did not ask to be hidden. */
export async function donationsBy(ctx: Ctx, by: DonationFilter, whole: boolean): Promise<ListedDonation[]> {
  type Row = Omit<ListedDonation, 'donor_name'> & { name_sealed: Buffer; is_hidden: boolean };
  const { rows } = await sql<Row>`
    select d.id, d.kind, d.amount_fen, d.hours::float8 as hours, d.description, d.fund_id, d.budget_line_id, d.transfer_id,
      d.received_on::text as received_on, d.receipt_year, d.receipt_number, d.donor_id, o.name_sealed, o.is_hidden,
      a.names as fund_names, l.names as line_names
    from donations d join donors o on o.community_id = d.community_id and o.id = d.donor_id
      left join accounts a on a.community_id = d.community_id and a.id = d.fund_id
      left join accounts l on l.community_id = d.community_id and l.id = d.budget_line_id
    where d.community_id = ${ctx.community.id}
      and (${by.fund_id ?? null}::uuid is null or d.fund_id = ${by.fund_id ?? null})
      and (${by.donor_id ?? null}::uuid is null or d.donor_id = ${by.donor_id ?? null})
      and (${by.ids ?? null}::uuid[] is null or d.id = any (${by.ids ?? null}::uuid[]))
      and (${by.from_on ?? null}::date is null or d.received_on >= ${by.from_on ?? null}::date)
      and (${by.until_on ?? null}::date is null or d.received_on <= ${by.until_on ?? null}::date)
      and (${by.before ?? null}::uuid is null or d.id < ${by.before ?? null})
    order by d.id desc limit ${by.limit}`.execute(ctx.tx);
  return rows.map(({ name_sealed, is_hidden, ...row }) => ({
    ...row,
    donor_name: whole || !is_hidden ? open(ctx.keys, donorPlace(row.donor_id), name_sealed) : null,
  }));
}
