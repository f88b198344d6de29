import { forget_tries } from '#modules/letters/index.ts';
import { delete_due } from '#modules/people/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { drop_downloads } from '#platform/downloads.ts';
import type { Environment } from '#platform/environment.ts';
import { dropUploads } from './drop_uploads.ts';

/** Every night what has had its time goes: of every community, then what lies beside the database. */
export async function retain(environment: Environment): Promise<void> {
  for (const community of await environment.allCommunities()) {
    const caller = { actor: system, community, via: 'job' };
    while ((await perform(environment, caller, delete_due, {})).deleted > 0);
    await perform(environment, caller, forget_tries, {});
    await perform(environment, caller, drop_downloads, {});
  }
  await dropUploads(environment);
}
