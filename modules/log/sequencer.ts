import { z } from 'zod';
import { openSigningKey, type SigningKey, signHead } from '#engines/merkle_log/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask, query } from '#platform/query.ts';
import { append_leaves } from './commands/append_leaves.ts';
import { publish_head, unsignedHead } from './commands/publish_head.ts';
import { factsToLog } from './log.store.ts';

/** The name a community's log goes by, in every head. */
export const originOf = (community: Pick<Community, 'id'>): string => `yingmen/${community.id}`;

/** The key that signs the heads of a community's log. */
export function keyOf(environment: Pick<Environment, 'log_key'>, community: Pick<Community, 'id'>): SigningKey {
  const secret = environment.log_key.export({ type: 'pkcs8', format: 'pem' }) as string;
  return openSigningKey(originOf(community), secret);
}

const unsigned_head = query({
  name: 'log.unsigned_head',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => unsignedHead(ctx),
});

const is_waiting = query({
  name: 'log.is_waiting',
  reads: 'nobody',
  input: z.object({}),
  run: async (ctx) => (await factsToLog(ctx, 1)).length > 0,
});

/** Appends all that waits, batch by batch; how many there were. Safe to run at any time and beside itself. */
export async function appendAll(environment: Environment, community: Community): Promise<number> {
  const caller = { actor: system, community, via: 'job' };
  let total = 0;
  while (await ask(environment, caller, is_waiting, {}))
    total += (await perform(environment, caller, append_leaves, {})).appended;
  return total;
}

/** Signs the tree as it stands and keeps the head; nothing when its head is there already. */
export async function signOpenHead(environment: Environment, community: Community): Promise<void> {
  const caller = { actor: system, community, via: 'job' };
  const head = await ask(environment, caller, unsigned_head, {});
  if (!head) return;
  const key = keyOf(environment, community);
  const at = environment.clock().toISOString();
  const note = signHead({ origin: key.name, size: head.size, root: head.root, at }, key);
  await perform(environment, caller, publish_head, { note, verifier: key.verifier });
}
