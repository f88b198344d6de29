import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { TransferKind } from './transfer.ts';

export type PeriodTotal = {
  is_in: boolean;
  kind: TransferKind;
  category: string | null;
  amount_fen: number;
  count: number;
};
/** A fund with its budget lines, or what belongs to a project. */
export type Family = { fund_id: string } | { project_id: string };

const ids = (ctx: Ctx, family: Family) =>
  'fund_id' in family
    ? sql`select id from accounts where community_id = ${ctx.community.id} and (id = ${family.fund_id} or fund_id = ${family.fund_id})`
    : sql`select id from accounts where community_id = ${ctx.community.id} and project_id = ${family.project_id}`;

/**
 * What came into and went out of a fund or project between two days, both counted, by kind and use. What only moves inside is
 * neither; a reversal is taken off what it reverses.
 */
export async function periodTotals(ctx: Ctx, family: Family, from: string, until: string): Promise<PeriodTotal[]> {
  const { rows } = await sql<PeriodTotal>`
    with family as materialized (${ids(ctx, family)}), moved as (
      select t.*, true as came from transfers t where t.community_id = ${ctx.community.id} and t.credit_account_id in (select id from family)
        and t.debit_account_id not in (select id from family) and t.at >= (${from}::date - 1)::timestamptz
      union all
      select t.*, false from transfers t where t.community_id = ${ctx.community.id} and t.debit_account_id in (select id from family)
        and t.credit_account_id not in (select id from family) and t.at >= (${from}::date - 1)::timestamptz
    )
    select m.came <> (m.kind = 'reversal') as is_in, coalesce(o.kind, m.kind) as kind, coalesce(o.category, m.category) as category,
      sum(case when m.kind = 'reversal' then -m.amount_fen else m.amount_fen end)::bigint as amount_fen,
      sum(case when m.kind = 'reversal' then -1 else 1 end)::int as count
    from moved m left join transfers o on o.community_id = m.community_id and o.id = m.reverses_id
    where m.flow in ('posted', 'post') and m.effective_on between ${from}::date and ${until}::date
    group by 1, 2, 3 order by 1 desc, 4 desc, 2, 3`.execute(ctx.tx);
  return rows;
}

/** What a fund or project had, posted, at the end of a day, by the days that transfers belong to. */
export async function familyBalance(ctx: Ctx, family: Family, on: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    with family as materialized (${ids(ctx, family)})
    select (coalesce((select sum(credits_posted_fen - debits_posted_fen) from accounts where community_id = ${ctx.community.id}
        and id in (select id from family)), 0)
      + coalesce((select sum(amount_fen) from transfers t where t.community_id = ${ctx.community.id} and t.debit_account_id in (select id from family)
          and t.flow in ('posted', 'post') and t.at >= ${on}::date::timestamptz and t.effective_on > ${on}::date), 0)
      - coalesce((select sum(amount_fen) from transfers t where t.community_id = ${ctx.community.id} and t.credit_account_id in (select id from family)
          and t.flow in ('posted', 'post') and t.at >= ${on}::date::timestamptz and t.effective_on > ${on}::date), 0))::bigint as fen`.execute(
    ctx.tx,
  );
  return rows[0]!.fen;
}

export type GivenTotal = {
  kind: 'money' | 'goods' | 'hours';
  amount_fen: number;
  hours: number;
  count: number;
  donor_count: number;
};

/** Gifts between two days, by what they were; of one fund (goods and hours belong to none) or of all. */
export async function givenTotals(
  ctx: Ctx,
  fund_id: string | null,
  from: string,
  until: string,
): Promise<GivenTotal[]> {
  const { rows } = await sql<GivenTotal>`
    select d.kind, coalesce(sum(d.amount_fen), 0)::bigint as amount_fen, coalesce(sum(d.hours), 0)::float8 as hours, count(*)::int as count,
      count(distinct d.donor_id)::int as donor_count
    from donations d where d.community_id = ${ctx.community.id} and d.received_on between ${from}::date and ${until}::date
      and (${fund_id}::uuid is null or d.fund_id = ${fund_id})
      and not exists (select 1 from transfers r where r.community_id = d.community_id and r.reverses_id = d.transfer_id)
    group by d.kind order by d.kind desc`.execute(ctx.tx);
  return rows;
}
