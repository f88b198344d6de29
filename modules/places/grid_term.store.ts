import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** Whether somebody holds the role of grid worker in a grid today; the person's row is locked against a second look at once. */
export async function worksInGrid(ctx: Ctx, personId: string, gridId: string): Promise<boolean> {
  await sql`select 1 from people where community_id = ${ctx.community.id} and id = ${personId} for update`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ works: boolean }>`
    select exists (select 1 from role_grants where community_id = ${ctx.community.id} and person_id = ${personId}
      and role = 'grid_worker' and scope_kind = 'grid' and scope_id = ${gridId} and ended_at is null) as works`.execute(
    ctx.tx,
  );
  return rows[0]!.works;
}

/** Begins a term as grid worker; nothing when one runs already. */
export async function beginTerm(ctx: Ctx, personId: string, gridId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into grid_terms (community_id, id, grid_id, person_id, duty, started_at)
    select ${ctx.community.id}::uuid, ${ctx.newId()}::uuid, g.id, ${personId}::uuid, 'grid_worker', ${ctx.now}
    from grids g where g.community_id = ${ctx.community.id} and g.id = ${gridId} and g.ended_at is null
      and not exists (select 1 from grid_terms t where t.community_id = g.community_id and t.grid_id = g.id
        and t.person_id = ${personId} and t.ended_at is null)`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

/** Ends every term of somebody in a grid. */
export async function endTerms(ctx: Ctx, personId: string, gridId: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('grid_terms')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('grid_id', '=', gridId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
