import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { realClock } from './clock.ts';
import type { Community } from './context.ts';
import type { FieldKeys } from './crypto.ts';
import { openPool } from './db.ts';
import type { Environment } from './environment.ts';
import { diskFiles } from './files.ts';
import { SYSTEM_ID } from './ids.ts';
import { noLive, openLive } from './live.ts';
import { localMessenger, type Messenger } from './messenger.ts';
import { notFound } from './refusal.ts';

export type EnvironmentOptions = {
  app_url: string;
  data_dir: string;
  keys: FieldKeys;
  session_key: Buffer;
  /** A new one when none is given, as in tests: heads signed with it verify as long as this environment is open. */
  log_key?: KeyObject;
  base_url: string;
  pool_size?: number;
  live?: boolean;
  reactions?: Map<string, string[]>;
  clock?: () => Date;
  messenger?: Messenger;
  push_public_key?: string;
};

const COMMUNITY_CACHE_MS = 5_000;

/** Opens what a process needs to serve commands and queries. Close it with `closeEnvironment`. */
export async function openEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const database = openPool(options.app_url, options.pool_size ?? 12);
  const clock = options.clock ?? realClock;
  const cache = new Map<string, { at: number; community: Community }>();

  const find = async (column: 'id' | 'slug' | 'first', value: string): Promise<Community> => {
    const key = `${column}/${value}`;
    const kept = cache.get(key);
    if (kept && Date.now() - kept.at < COMMUNITY_CACHE_MS) return kept.community;
    let select = database.of(SYSTEM_ID).selectFrom('communities').selectAll().orderBy('created_at').limit(1);
    if (column !== 'first') select = select.where(column, '=', value);
    const row = await select.executeTakeFirst();
    if (!row) notFound('community', value);
    const community = row as unknown as Community;
    cache.set(key, { at: Date.now(), community });
    return community;
  };

  return {
    database,
    clock,
    keys: options.keys,
    session_key: options.session_key,
    log_key: options.log_key ?? generateKeyPairSync('ed25519').privateKey,
    files: diskFiles(join(options.data_dir, 'files')),
    live: options.live ? await openLive(database.pool) : noLive,
    messenger: options.messenger ?? localMessenger(options.data_dir),
    push_public_key: options.push_public_key,
    data_dir: options.data_dir,
    base_url: options.base_url,
    reactions: options.reactions ?? new Map(),
    communityBySlug: (slug) => (slug ? find('slug', slug) : find('first', '')),
    communityById: (id) => find('id', id),
    allCommunities: async () =>
      (await database
        .of(SYSTEM_ID)
        .selectFrom('communities')
        .selectAll()
        .orderBy('created_at')
        .execute()) as unknown as Community[],
  };
}

export async function closeEnvironment(environment: Environment): Promise<void> {
  await environment.live.close();
  await environment.database.close();
}
