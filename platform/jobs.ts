import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/**
 * A piece of work for a worker. `key` makes it one job however often it is asked for; `run_at` puts it off, and with
 * `keeps_first_run_at` asking again does not put it off further.
 */
export type NewJob = {
  task: string;
  payload: Record<string, unknown>;
  run_at?: Date;
  key?: string;
  keeps_first_run_at?: boolean;
  max_attempts?: number;
};

/** Asks for a job; it is enqueued in the transaction of the command, so it exists if and only if the command happened. */
export function enqueue(ctx: Ctx, job: NewJob): void {
  ctx.jobs.push(job);
}

/** Writes the jobs of a command. The worker's tables are the worker's own: only its `add_job` is called. */
export async function writeJobs(ctx: Pick<Ctx, 'tx' | 'community' | 'jobs'>): Promise<void> {
  for (const job of ctx.jobs) {
    const payload = JSON.stringify({ community_id: ctx.community.id, ...job.payload });
    await sql`select graphile_worker.add_job(${job.task}, ${payload}::json, run_at => ${job.run_at ?? null}::timestamptz,
      job_key => ${job.key ?? null}::text, job_key_mode => ${job.keeps_first_run_at ? 'preserve_run_at' : 'replace'}::text,
      max_attempts => ${job.max_attempts ?? 25}::int)`.execute(ctx.tx);
  }
}
