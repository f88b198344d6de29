import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** A piece of work for a worker. `key` makes it one job however often it is asked for; `run_at` puts it off. */
export type NewJob = {
  task: string;
  payload: Record<string, unknown>;
  run_at?: Date;
  key?: string;
  max_attempts?: number;
};

/** Asks for a job; it is enqueued in the transaction of the command, so it exists if and only if the command happened. */
export function enqueue(ctx: Ctx, job: NewJob): void {
  ctx.jobs.push(job);
}

/** Writes the jobs of a command. The worker's tables are the worker's own: only its `add_job` is called. */
export async function writeJobs(ctx: Ctx): Promise<void> {
  for (const job of ctx.jobs) {
    const payload = JSON.stringify({ community_id: ctx.community.id, ...job.payload });
    await sql`select graphile_worker.add_job(${job.task}, ${payload}::json, run_at => ${job.run_at ?? null}::timestamptz,
      job_key => ${job.key ?? null}::text, max_attempts => ${job.max_attempts ?? 25}::int)`.execute(ctx.tx);
  }
}
