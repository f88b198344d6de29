import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { AnswerCount } from './project.ts';
import { sealOfAnswerCount } from './project_history.ts';

/** Names somebody whom a project served; once is enough. */
export async function nameBeneficiary(ctx: Ctx, project_id: string, person_id: string): Promise<void> {
  await ctx.tx
    .insertInto('project_beneficiaries')
    .values({ community_id: ctx.community.id, project_id, person_id, named_by_id: ctx.actor.id, named_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isBeneficiary(ctx: Ctx, project_id: string, person_id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('project_beneficiaries')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', project_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes that somebody answers, once: false when they have, also when that happens at this very moment. */
export async function enterAnswerRoll(ctx: Ctx, project_id: string, person_id: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await ctx.tx
    .insertInto('project_answer_roll')
    .values({ community_id: ctx.community.id, project_id, person_id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function hasAnswered(ctx: Ctx, project_id: string, person_id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('project_answer_roll')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', project_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds one answer to each question and seals the counts, in one order so that two at once wait for each other and never for ever. */
export async function countAnswers(ctx: Ctx, project_id: string, scores: readonly number[]): Promise<void> {
  const { rows } = await sql<AnswerCount>`
    insert into project_answer_counts (community_id, project_id, question, score, count)
    select ${ctx.community.id}, ${project_id}, question, score, 1
    from unnest(${scores}::smallint[]) with ordinality as one (score, question) order by question
    on conflict (community_id, project_id, question, score) do update set count = project_answer_counts.count + 1
    returning question, score, count`.execute(ctx.tx);
  for (const row of rows)
    await ctx.tx
      .updateTable('project_answer_counts')
      .set({ seal: sealOfAnswerCount(ctx.keys, project_id, row) })
      .where('community_id', '=', ctx.community.id)
      .where('project_id', '=', project_id)
      .where('question', '=', row.question)
      .where('score', '=', row.score)
      .execute();
}

export async function answersOf(ctx: Ctx, projectId: string): Promise<{ people: number; counts: AnswerCount[] }> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from project_answer_roll
    where community_id = ${ctx.community.id} and project_id = ${projectId}`.execute(ctx.tx);
  const counts = await ctx.tx
    .selectFrom('project_answer_counts')
    .select(['question', 'score', 'count'])
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', projectId)
    .execute();
  return { people: rows[0]!.count, counts };
}
