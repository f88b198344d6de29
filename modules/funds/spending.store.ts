import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { demandOwnPhotos } from '#platform/file.store.ts';
import type { SpendingKind, SpendingState } from './spending.ts';

export type Spending = {
  id: string;
  kind: SpendingKind;
  debit_account_id: string;
  credit_account_id: string;
  amount_fen: number;
  purpose: string;
  category: string;
  payee_id: string | null;
  is_payee_public: boolean;
  is_photo_public: boolean;
  approvals_needed: number;
  requested_at: Date;
  requested_by_id: string;
  state: SpendingState;
  decided_at: Date | null;
  refused_reason: string | null;
  transfer_id: string | null;
};
/** A spending with its approvals and photographed receipts; `payee_name` is null where it is not public. */
export type ListedSpending = Spending & {
  payee_name: string | null;
  from_names: Record<string, string>;
  approver_ids: string[];
  is_reversed: boolean;
  file_hashes: string[];
};

const place = (id: string) => `spendings/payee_name/${id}`;

type NewSpending = Omit<
  Spending,
  'requested_at' | 'requested_by_id' | 'state' | 'decided_at' | 'refused_reason' | 'transfer_id'
>;

export async function insertSpending(ctx: Ctx, spending: NewSpending & { payee_name: string }): Promise<void> {
  const { payee_name, ...rest } = spending;
  await ctx.tx
    .insertInto('spendings')
    .values({
      ...rest,
      payee_name_sealed: seal(ctx.keys, place(rest.id), payee_name),
      community_id: ctx.community.id,
      requested_at: ctx.now,
      requested_by_id: ctx.actor.id,
    })
    .execute();
}

/** Photographed receipts of a spending: only what the requester uploaded. */
export async function insertFiles(ctx: Ctx, spending_id: string, hashes: readonly string[]): Promise<void> {
  const wanted = await demandOwnPhotos(ctx, hashes);
  if (wanted.length === 0) return;
  await ctx.tx
    .insertInto('spending_files')
    .values(wanted.map((file_hash) => ({ community_id: ctx.community.id, spending_id, file_hash })))
    .execute();
}

/** The spending, locked: whoever else decides about it waits. */
export async function lockSpending(ctx: Ctx, id: string): Promise<Spending | undefined> {
  const row = await ctx.tx
    .selectFrom('spendings')
    .selectAll()
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row as Spending | undefined;
}

/** Writes the actor's approval and gives how many there are now. A second one by the same person is `there_already`. */
export async function insertApproval(ctx: Ctx, spending_id: string): Promise<number> {
  const key = { community_id: ctx.community.id, spending_id };
  await ctx.tx
    .insertInto('spending_approvals')
    .values({ ...key, approver_id: ctx.actor.id, at: ctx.now })
    .execute();
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from spending_approvals
    where community_id = ${ctx.community.id} and spending_id = ${spending_id}`.execute(ctx.tx);
  return rows[0]!.count;
}

export async function setDecided(
  ctx: Ctx,
  id: string,
  decision: { state: 'posted'; transfer_id: string } | { state: 'refused'; refused_reason: string },
): Promise<void> {
  await ctx.tx
    .updateTable('spendings')
    .set({ ...decision, decided_at: ctx.now, ...(decision.state === 'refused' && { refused_by_id: ctx.actor.id }) })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export type SpendingFilter = {
  state?: SpendingState;
  ids?: string[];
  /** Out of a fund and its budget lines; of one account alone. */
  fund_id?: string;
  account_id?: string;
  category?: string;
  requested_by_id?: string;
  /** Decided from (with) until (without). */
  from?: Date;
  until?: Date;
  before?: string;
  limit: number;
};

/** Spendings, the latest (or `largest`) first; who was paid is opened only where `whole` or where it is public. */
export async function spendingsBy(
  ctx: Ctx,
  by: SpendingFilter,
  whole: boolean,
  largest = false,
): Promise<ListedSpending[]> {
  const { rows } = await sql<Omit<ListedSpending, 'payee_name'> & { payee_name_sealed: Buffer }>`
    select s.id, s.kind, s.debit_account_id, s.credit_account_id, s.amount_fen, s.purpose, s.category, s.payee_id,
      s.payee_name_sealed, s.is_payee_public, s.is_photo_public, s.approvals_needed, s.requested_at, s.requested_by_id, s.state, s.decided_at,
      s.refused_reason, s.transfer_id, a.names as from_names,
      exists (select 1 from transfers r where r.community_id = s.community_id and r.reverses_id = s.transfer_id) as is_reversed,
      coalesce((select json_agg(p.approver_id order by p.at) from spending_approvals p
        where p.community_id = s.community_id and p.spending_id = s.id), '[]') as approver_ids,
      coalesce((select json_agg(f.file_hash order by f.file_hash) from spending_files f
        where f.community_id = s.community_id and f.spending_id = s.id), '[]') as file_hashes
    from spendings s join accounts a on a.community_id = s.community_id and a.id = s.debit_account_id
    where s.community_id = ${ctx.community.id}
      ${by.state ? sql`and s.state = ${sql.lit(by.state)}` : sql``}
      ${by.ids ? sql`and s.id = any (${by.ids}::uuid[])` : sql``}
      ${by.fund_id ? sql`and ${by.fund_id}::uuid in (a.id, a.fund_id)` : sql``}
      ${by.requested_by_id ? sql`and s.requested_by_id = ${by.requested_by_id}` : sql``}
      ${by.account_id ? sql`and s.debit_account_id = ${by.account_id}` : sql``}
      ${by.category ? sql`and s.category = ${by.category}` : sql``}
      ${by.from ? sql`and s.decided_at >= ${by.from}` : sql``} ${by.until ? sql`and s.decided_at < ${by.until}` : sql``}
      ${by.before ? sql`and s.id < ${by.before}` : sql``}
    order by ${largest ? sql`s.amount_fen desc, s.id` : sql`s.id desc`} limit ${by.limit}`.execute(ctx.tx);
  return rows.map(({ payee_name_sealed, ...row }) => ({
    ...row,
    payee_name: whole || row.is_payee_public ? open(ctx.keys, place(row.id), payee_name_sealed) : null,
  }));
}

/** The spending that a transfer posted. */
export async function spendingOfTransfer(ctx: Ctx, transfer_id: string): Promise<Spending | undefined> {
  const row = await ctx.tx
    .selectFrom('spendings')
    .selectAll()
    .where('community_id', '=', ctx.community.id)
    .where('transfer_id', '=', transfer_id)
    .executeTakeFirst();
  return row as Spending | undefined;
}

/** Who asked for the spendings that a photographed receipt is on, and whether everybody may look at it. */
export async function requestersOfFile(ctx: Ctx, file_hash: string) {
  const { rows } = await sql<{ requested_by_id: string; is_public: boolean }>`
    select distinct s.requested_by_id, s.is_photo_public and s.state = 'posted' as is_public from spending_files f join spendings s on s.community_id = f.community_id and s.id = f.spending_id
    where f.community_id = ${ctx.community.id} and f.file_hash = ${file_hash} limit 20`.execute(ctx.tx);
  return rows;
}
