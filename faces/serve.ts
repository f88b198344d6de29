import { openProviders } from '#platform/channels/providers.ts';
import type { Config } from '#platform/config.ts';
import { log } from '#platform/log.ts';
import { localMessenger, mailMessenger, smsMessenger } from '#platform/messenger.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import type { OpenDatabase } from '#platform/postgres/index.ts';
import type { Secrets } from '#platform/secrets.ts';
import { reactions } from '#workers/all_reactions.ts';
import { subscriptionsOf } from '#workers/reactions.ts';
import { runWorkers } from '#workers/run.ts';
import { registerApi } from './api/index.ts';
import { makeOuterServer } from './server/outer.ts';

type Options = { config: Config; secrets: Secrets; database: OpenDatabase; web: boolean; worker: boolean };

/** Serves pages, API and jobs until `close`, which finishes what is in flight. */
export async function serve({ config, secrets, database, web, worker }: Options) {
  const local = localMessenger(config.data_dir, (line) => process.stderr.write(`${line}\n`));
  const phones = config.sms_url ? smsMessenger(config.sms_url, config.sms_token, local) : local;
  const messenger = config.smtp_url ? mailMessenger(config.smtp_url, config.mail_from, phones) : phones;
  const environment = await openEnvironment({
    app_url: database.app_url,
    data_dir: config.data_dir,
    keys: secrets.keys,
    session_key: secrets.session_key,
    log_key: secrets.log_key,
    base_url: config.base_url,
    pool_size: 16,
    live: true,
    reactions: subscriptionsOf(reactions),
    messenger,
    push_public_key: secrets.push_keys.public_key,
  });
  const app = web ? await makeOuterServer({ environment, more: (app) => registerApi(app, environment) }) : undefined;
  const contact = `mailto:${config.mail_from.replace(/^.*<|>.*$/g, '')}`;
  const providers = openProviders({ messenger, push_keys: secrets.push_keys, contact });
  const workers = worker ? await runWorkers(environment, database.owner_url, providers) : undefined;
  const address = await app?.listen({ port: config.port, host: config.host });
  log.info({ web, worker }, 'serving');
  return {
    address: config.port === 0 ? address : undefined,
    async close() {
      await app?.close();
      await workers?.stop();
      await closeEnvironment(environment);
    },
  };
}
