import { type RawBuilder, sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';

/** Rows of `told` that differ from what `facts` say of them, one missing or more among them; both with `id` and `data`. */
export async function differing(ctx: Ctx, table: string, facts: RawBuilder<unknown>, told: RawBuilder<unknown>) {
  const { rows } = await sql<LogFinding>`
    with facts as materialized (${facts}), told as materialized (${told})
    select case when facts.id is null then 'row_unlogged' when told.id is null then 'row_missing' else 'row_changed' end as code,
      ${table}::text as "table", coalesce(told.id, facts.id)::text as id
    from told full join facts on facts.id = told.id where told.data is distinct from facts.data limit 10000`.execute(
    ctx.tx,
  );
  return rows;
}
