import { Logger, type Runner, run } from 'graphile-worker';
import type { Providers } from '#platform/channels/channel.ts';
import { openDispatcher } from '#platform/channels/dispatcher.ts';
import type { Environment } from '#platform/environment.ts';
import { log } from '#platform/log.ts';
import { tasksOf } from './tasks.ts';

/** Every minute the webhooks, the word back and the log, every hour a signed head, every five the clocks, every ten the maps of opinions, at half past eight who owes something about money is told, at twenty past two the standing check, then what was decided is learnt; within the day after 200 decisions. Times are UTC; each community's own hour is in its jobs. */
export const SCHEDULE = `* * * * * tell_webhooks ?max=3\n* * * * * deliver_notices ?max=1\n* * * * * append_log ?max=3\n0 * * * * sign_log ?max=3\n*/5 * * * * sweep ?max=3\n*/10 * * * * draw_maps ?max=3\n20 18 * * * check ?max=3\n30 0 * * * remind_of_money ?max=3\n40 18 * * * retain ?max=3\n50 18 * * * learn_categories ?id=learn_nightly&max=3 {"at_least":1}\n*/15 * * * * learn_categories ?id=learn_by_day&max=1 {"at_least":200}`;

/** What goes wrong is told in the process's own log; each job done is not. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error') log.error(message);
  else if (level === 'warning') log.warn(message);
});

/** Does the jobs until it is stopped; what is in flight is finished first. Several may run beside each other. */
export async function runWorkers(
  environment: Environment,
  owner_url: string,
  providers: Providers,
): Promise<{ stop(): Promise<void> }> {
  const dispatcher = openDispatcher(environment, providers);
  const runner: Runner = await run({
    connectionString: owner_url,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2000,
    maxPoolSize: 4,
    crontab: SCHEDULE,
    taskList: tasksOf(environment, dispatcher),
    logger,
  });
  runner.promise.catch((error) => log.error({ error: String(error) }, 'the workers ended'));
  return {
    async stop() {
      await runner.stop();
      await dispatcher.close();
    },
  };
}
