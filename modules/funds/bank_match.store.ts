import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { TransferKind } from './transfer.ts';

/** A transfer as its bank account has it: positive came in. */
export type BankTransfer = {
  id: string;
  kind: TransferKind;
  amount_fen: number;
  effective_on: string;
  reason: string | null;
  other_names: Record<string, string>;
  cause_kind: string | null;
  cause_id: string | null;
};
type Wanted = { from: string; until: string } | { ids: readonly string[] } | { since: string; limit: number };

/** Posted transfers of a bank account that no line stands for yet: within days, or those named. */
export async function unmatchedTransfers(ctx: Ctx, account_id: string, wanted: Wanted): Promise<BankTransfer[]> {
  const which =
    'ids' in wanted
      ? sql`t.id = any (${[...wanted.ids]}::uuid[])`
      : 'since' in wanted
        ? sql`t.effective_on >= ${wanted.since}::date`
        : sql`t.effective_on between ${wanted.from}::date and ${wanted.until}::date`;
  // A row is never written before its day, so that the index over instants bounds what is read.
  const first = 'ids' in wanted ? null : 'since' in wanted ? wanted.since : wanted.from;
  const side = (mine: 'debit' | 'credit') => sql`
    select t.id, t.kind, t.amount_fen * ${mine === 'debit' ? 1 : -1}::bigint as amount_fen, t.effective_on, t.reason,
      ${sql.ref(mine === 'debit' ? 't.credit_account_id' : 't.debit_account_id')} as other_id, t.cause_kind, t.cause_id
    from transfers t where t.community_id = ${ctx.community.id} and ${sql.ref(`t.${mine}_account_id`)} = ${account_id}
      and t.flow in ('posted', 'post') ${first ? sql`and t.at >= (${first}::date - 1)::timestamptz` : sql``} and ${which}`;
  const { rows } = await sql<BankTransfer>`
    select t.id, t.kind, t.amount_fen, t.effective_on::text as effective_on, t.reason, a.names as other_names, t.cause_kind, t.cause_id
    from (${side('debit')} union all ${side('credit')}) t join accounts a on a.community_id = ${ctx.community.id} and a.id = t.other_id
    where not exists (select 1 from bank_matches m where m.community_id = ${ctx.community.id} and m.account_id = ${account_id}
      and m.transfer_id = t.id and m.undone_at is null)
    order by t.effective_on desc, t.id desc limit ${'limit' in wanted ? wanted.limit : 2000}`.execute(ctx.tx);
  return rows;
}

export async function insertMatches(
  ctx: Ctx,
  line: { id: string; account_id: string },
  transfer_ids: readonly string[],
): Promise<void> {
  await ctx.tx
    .insertInto('bank_matches')
    .values(
      transfer_ids.map((transfer_id) => ({
        ...{
          community_id: ctx.community.id,
          id: ctx.newId(),
          line_id: line.id,
          account_id: line.account_id,
          transfer_id,
        },
        ...{ matched_at: ctx.now, matched_by_id: ctx.actor.id },
      })),
    )
    .execute();
}

/** Ends the matches of a line; they stay as they were written. Gives how many there were. */
export async function undoMatches(ctx: Ctx, line_id: string): Promise<number> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('bank_matches')
    .set({ undone_at: ctx.now, undone_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('line_id', '=', line_id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Which transfers stand for lines. */
export async function matchesOf(ctx: Ctx, line_ids: readonly string[]) {
  const { rows } = await sql<{
    line_id: string;
    transfer_id: string;
    kind: TransferKind;
    effective_on: string;
    amount_fen: number;
  }>`
    select m.line_id, m.transfer_id, t.kind, t.effective_on::text as effective_on, t.amount_fen
    from bank_matches m join transfers t on t.community_id = m.community_id and t.id = m.transfer_id
    where m.community_id = ${ctx.community.id} and m.line_id = any (${[...line_ids]}::uuid[]) and m.undone_at is null`.execute(
    ctx.tx,
  );
  return rows;
}

export type AccountStanding = {
  first_on: string | null;
  last_on: string | null;
  /** What the bank said last, if it says balances; of the day above. */
  bank_fen: number | null;
  open_count: number;
  open_fen: number;
  matched_count: number;
  left_count: number;
  left_fen: number;
};

/** How far a bank account has been compared. */
export async function standingOf(ctx: Ctx, account_id: string): Promise<AccountStanding> {
  const { rows } = await sql<AccountStanding>`
    select min(booked_on)::text as first_on, max(booked_on)::text as last_on,
      (select l.balance_fen from bank_lines l where l.community_id = ${ctx.community.id} and l.account_id = ${account_id}
        and l.booked_on = (select max(booked_on) from bank_lines where community_id = ${ctx.community.id} and account_id = ${account_id})
        and l.balance_fen is not null and not exists (select 1 from bank_lines n where n.community_id = l.community_id and n.account_id = l.account_id
          and n.booked_on = l.booked_on and n.id <> l.id and n.balance_fen - n.amount_fen = l.balance_fen)
        order by l.id desc limit 1) as bank_fen,
      count(*) filter (where state = 'open')::int as open_count, coalesce(sum(amount_fen) filter (where state = 'open'), 0)::bigint as open_fen,
      count(*) filter (where state = 'matched')::int as matched_count,
      count(*) filter (where state = 'left')::int as left_count, coalesce(sum(amount_fen) filter (where state = 'left'), 0)::bigint as left_fen
    from bank_lines where community_id = ${ctx.community.id} and account_id = ${account_id}`.execute(ctx.tx);
  return rows[0]!;
}

/** What the books say a bank account had at the end of a day, by the days that transfers belong to. */
export async function bookedUntil(ctx: Ctx, account_id: string, on: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select (a.debits_posted_fen - a.credits_posted_fen
      - coalesce((select sum(amount_fen) from transfers t where t.community_id = a.community_id and t.debit_account_id = a.id
          and t.flow in ('posted', 'post') and t.at >= ${on}::date::timestamptz and t.effective_on > ${on}::date), 0)
      + coalesce((select sum(amount_fen) from transfers t where t.community_id = a.community_id and t.credit_account_id = a.id
          and t.flow in ('posted', 'post') and t.at >= ${on}::date::timestamptz and t.effective_on > ${on}::date), 0))::bigint as fen
    from accounts a where a.community_id = ${ctx.community.id} and a.id = ${account_id}`.execute(ctx.tx);
  return rows[0]?.fen ?? 0;
}
