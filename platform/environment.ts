import type { KeyObject } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Community } from './context.ts';
import type { FieldKeys } from './crypto.ts';
import type { Database } from './db.ts';
import type { FileStore } from './files.ts';
import type { Live } from './live.ts';
import type { Messenger } from './messenger.ts';

/**
 * What the process has, made once at start and handed to both faces and the workers. Modules never see it: they get a
 * `Ctx` made from it for one command or query.
 */
export type Environment = {
  database: Database;
  clock: Clock;
  keys: FieldKeys;
  files: FileStore;
  live: Live;
  messenger: Messenger;
  /** What a browser needs to subscribe to word from here; none where nothing is pushed. */
  push_public_key: string | undefined;
  /** Secret for cookies and for hashes of tokens. */
  session_key: Buffer;
  /** Signs the heads of the log (Ed25519). */
  log_key: KeyObject;
  data_dir: string;
  /** Address under which people reach this server, without a slash at the end. */
  base_url: string;
  /** The subscriptions of modules to events: kind -> names of reactions. Filled by workers/reactions.ts. */
  reactions: Map<string, string[]>;
  communityBySlug(slug?: string): Promise<Community>;
  communityById(id: string): Promise<Community>;
  allCommunities(): Promise<Community[]>;
};
