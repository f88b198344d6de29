import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { AccountKind, Side } from './account.ts';
import type { Flow, TransferKind } from './transfer.ts';

/** One line of an account's statement: what came in or went out, and what was there after it. */
export type StatementLine = {
  id: string;
  kind: TransferKind;
  flow: Flow;
  is_increase: boolean;
  amount_fen: number;
  balance_fen: number;
  effective_on: string;
  at: Date;
  sequence: string;
  other_id: string;
  other_kind: AccountKind;
  other_names: Record<string, string>;
  category: string | null;
  cause_kind: string | null;
  cause_id: string | null;
};
export type Period = { from?: Date; until?: Date };
/** Where the page before ended. */
export type LineKey = { at: Date; sequence: string };

/**
 * An account's lines, the latest first, by keyset over its two indexes: a page costs the same however long the account is.
 */
export async function statementLines(
  ctx: Ctx,
  account: { id: string; side: Side },
  { from, until }: Period,
  before: LineKey | undefined,
  limit: number,
): Promise<StatementLine[]> {
  const side = (mine: 'debit' | 'credit') => {
    const other = mine === 'debit' ? 'credit' : 'debit';
    return sql`(select id, kind, flow, ${account.side === mine}::boolean as is_increase, amount_fen,
        ${sql.ref(`${mine}_balance_fen`)} as balance_fen, effective_on, at, sequence, ${sql.ref(`${other}_account_id`)} as other_id,
        category, cause_kind, cause_id
      from transfers where community_id = ${ctx.community.id} and ${sql.ref(`${mine}_account_id`)} = ${account.id}
        and flow in ('posted', 'post')
        ${from ? sql`and at >= ${from}` : sql``} ${until ? sql`and at < ${until}` : sql``}
        ${before ? sql`and (at, sequence) < (${before.at}, ${before.sequence}::bigint)` : sql``}
      order by at desc, sequence desc limit ${limit})`;
  };
  const { rows } = await sql<StatementLine>`
    select l.id, l.kind, l.flow, l.is_increase, l.amount_fen, l.balance_fen, l.effective_on::text as effective_on, l.at,
      l.sequence::text as sequence, l.other_id, a.kind as other_kind, a.names as other_names, l.category, l.cause_kind, l.cause_id
    from (${side('debit')} union all ${side('credit')}) l
      join accounts a on a.community_id = ${ctx.community.id} and a.id = l.other_id
    order by l.at desc, l.sequence desc limit ${limit}`.execute(ctx.tx);
  return rows;
}
