import { type Config, openDataFolder, readConfig } from '#platform/config.ts';
import type { Environment } from '#platform/environment.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { type OpenDatabase, openDatabase } from '#platform/postgres/index.ts';
import { loadSecrets, type Secrets } from '#platform/secrets.ts';

/** This installation, opened for one command: its settings, its secrets and its migrated database. */
export type Installation = { config: Config; secrets: Secrets; database: OpenDatabase };

/** Opens the installation and brings its schema up to date; `applied` names the migrations that were new. */
export async function openInstallation(): Promise<Installation & { applied: string[] }> {
  const config = readConfig();
  openDataFolder(config.data_dir);
  const secrets = loadSecrets(config.data_dir);
  const database = await openDatabase(config, secrets);
  try {
    return { config, secrets, database, applied: await migrate(database.owner_url) };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** An environment of the installation for commands and queries. Close it with `closeEnvironment`. */
export function environmentOf({ config, secrets, database }: Installation): Promise<Environment> {
  return openEnvironment({
    app_url: database.app_url,
    data_dir: config.data_dir,
    keys: secrets.keys,
    session_key: secrets.session_key,
    log_key: secrets.log_key,
    base_url: config.base_url,
    pool_size: 4,
  });
}

/** For a command of `bin/commands/`: opens the installation, does the work, and leaves it again whatever happens. */
export async function withInstallation<Answer>(
  work: (environment: Environment, installation: Installation) => Promise<Answer>,
): Promise<Answer> {
  const installation = await openInstallation();
  try {
    const environment = await environmentOf(installation);
    try {
      return await work(environment, installation);
    } finally {
      await closeEnvironment(environment);
    }
  } finally {
    await installation.database.stop();
  }
}
