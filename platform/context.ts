import type { Transaction } from 'kysely';
import type { Actor } from './actor.ts';
import type { FieldKeys } from './crypto.ts';
import type { DB } from './db.generated.ts';
import type { NewEvent } from './event.ts';
import type { Id } from './ids.ts';
import type { NewJob } from './jobs.ts';

/** The community a command or query works in; `settings` holds what its administrator chose. */
export type Community = {
  id: string;
  slug: string;
  names: Record<string, string>;
  calendar_id: string;
  time_zone: string;
  centre_latitude: number;
  centre_longitude: number;
  boundary: unknown;
  is_demo: boolean;
  attribution: string | null;
  settings: Record<string, unknown>;
};

/**
 * All that a command or query gets. There is no other way to the database, the clock or the keys, so a command can be
 * run again, tested with another clock, and read without looking elsewhere.
 */
export type Ctx = {
  tx: Transaction<DB>;
  actor: Actor;
  community: Community;
  now: Date;
  keys: FieldKeys;
  /** The sender's id of this write; a query has a fresh one. */
  command_id: string;
  /** By which way the actor came in: page, api, job, command_line. */
  via: string;
  newId: <Kind extends string = string>() => Id<Kind>;
  /** Facts and jobs to be written with the receipt, in the same transaction. */
  events: NewEvent[];
  jobs: NewJob[];
};
