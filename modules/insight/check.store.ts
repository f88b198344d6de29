import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type CheckRun = {
  at: Date;
  ok: boolean;
  findings: { code: string; kind: string; id: string; number?: number }[];
  elapsed_ms: number;
};

export async function saveCheckRun(ctx: Ctx, run: Omit<CheckRun, 'at'>): Promise<void> {
  await ctx.tx
    .insertInto('check_runs')
    .values({
      ...run,
      findings: JSON.stringify(run.findings),
      community_id: ctx.community.id,
      id: ctx.newId(),
      at: ctx.now,
    })
    .execute();
}

export async function lastCheckRun(ctx: Ctx): Promise<CheckRun | undefined> {
  const row = await ctx.tx
    .selectFrom('check_runs')
    .select(['at', 'ok', 'findings', 'elapsed_ms'])
    .where('community_id', '=', ctx.community.id)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row as CheckRun | undefined;
}

/** Receipts without the event they promise, and events of commands that left no receipt. */
export async function findUnwritten(ctx: Ctx): Promise<CheckRun['findings']> {
  const { rows } = await sql<CheckRun['findings'][number]>`
    select 'event_without_receipt' as code, 'event' as kind, e.id from events e
    where e.community_id = ${ctx.community.id}
      and not exists (select 1 from receipts r where r.community_id = e.community_id and r.id = e.command_id)
    limit 100`.execute(ctx.tx);
  return rows;
}
