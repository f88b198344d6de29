import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { demandOwnFiles } from '#platform/file.store.ts';
import type { Milestone } from './milestone.ts';

const COLUMNS = sql.raw(
  'm.id, m.project_id, m.position, m.title, m.due_on::text as due_on, m.tranche_fen, m.state, m.spending_id, m.escalation, m.decided_at',
);
type Row = Omit<Milestone, 'tranche_fen'> & { tranche_fen: string | number };
const typed = (row: Row): Milestone => ({ ...row, tranche_fen: Number(row.tranche_fen) });

export async function milestonesOf(ctx: Ctx, projectId: string): Promise<Milestone[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from project_milestones m
    where m.community_id = ${ctx.community.id} and m.project_id = ${projectId} order by m.position`.execute(ctx.tx);
  return rows.map(typed);
}

export async function findMilestone(ctx: Ctx, id: string): Promise<Milestone | undefined> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from project_milestones m
    where m.community_id = ${ctx.community.id} and m.id = ${id}`.execute(ctx.tx);
  return rows[0] && typed(rows[0]);
}

type Planned = Pick<Milestone, 'title' | 'due_on' | 'tranche_fen'>;

/** Writes the milestones of a draft, in place of those it had, and gives them with their ids. */
export async function writeMilestones(ctx: Ctx, project_id: string, planned: readonly Planned[]) {
  const { id: community_id } = ctx.community;
  await ctx.tx
    .deleteFrom('project_milestones')
    .where('community_id', '=', community_id)
    .where('project_id', '=', project_id)
    .execute();
  const rows = planned.map((one, i) => ({
    ...{ community_id, id: ctx.newId(), project_id, position: i + 1, state: 'planned' },
    ...{ title: one.title, due_on: one.due_on, tranche_fen: one.tranche_fen },
  }));
  await ctx.tx.insertInto('project_milestones').values(rows).execute();
  return rows;
}

type Change = Partial<Omit<Milestone, 'id' | 'project_id' | 'position'>>;

/** Changes a milestone whose project is locked. */
export async function changeMilestone(ctx: Ctx, id: string, change: Change): Promise<void> {
  await ctx.tx
    .updateTable('project_milestones')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Milestones that are due soon or late and were not said to be. */
export async function milestonesToWatch(ctx: Ctx, near: string, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from project_milestones m join projects p on p.community_id = m.community_id and p.id = m.project_id
    where m.community_id = ${ctx.community.id} and p.state = 'running' and m.state = 'planned' and m.escalation < 2
      and m.due_on <= ${near}::date and (m.escalation = 0 or m.due_on < ${today}::date)
    order by m.due_on, m.id limit ${limit}`.execute(ctx.tx);
  return rows.map((row) => row.id);
}

/** Photos and documents as evidence of a milestone: only what the actor uploaded. */
export async function insertEvidence(
  ctx: Ctx,
  of: { project_id: string; milestone_id: string; step_id: string },
  hashes: readonly string[],
): Promise<void> {
  const wanted = await demandOwnFiles(ctx, hashes);
  if (wanted.length === 0) return;
  await ctx.tx
    .insertInto('project_files')
    .values(wanted.map((file_hash) => ({ community_id: ctx.community.id, ...of, file_hash })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type Evidence = { milestone_id: string; file_hash: string; media_type: string; byte_count: number };

export async function evidenceOf(ctx: Ctx, projectId: string): Promise<Evidence[]> {
  return ctx.tx
    .selectFrom('project_files as e')
    .innerJoin('files as f', (join) =>
      join.onRef('f.community_id', '=', 'e.community_id').onRef('f.hash', '=', 'e.file_hash'),
    )
    .select(['e.milestone_id', 'e.file_hash', 'f.media_type', 'f.byte_count'])
    .where('e.community_id', '=', ctx.community.id)
    .where('e.project_id', '=', projectId)
    .orderBy('e.step_id')
    .limit(300)
    .execute();
}

export async function isEvidence(ctx: Ctx, hash: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('project_files')
    .select('file_hash')
    .where('community_id', '=', ctx.community.id)
    .where('file_hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
