import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { ask, query } from '#platform/query.ts';
import { close_without_word } from './commands/close_without_word.ts';
import { escalate_request } from './commands/escalate_request.ts';
import { recompute_due } from './commands/recompute_due.ts';
import { dueForEscalation, openWithOwedSince, silentSince } from './sweep.store.ts';

const BATCH = 500;

const due_for_escalation = query({
  name: 'requests.due_for_escalation',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => dueForEscalation(ctx, BATCH),
});
const silent_since = query({
  name: 'requests.silent_since',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => silentSince(ctx, BATCH),
});
const open_with_owed_since = query({
  name: 'requests.open_with_owed_since',
  reads: 'nobody',
  input: z.object({}),
  run: openWithOwedSince,
});

/**
 * Escalates what is due soon or late and closes what stayed without a word. Run every few minutes; each change is one
 * command, so an interrupted sweep is simply run again.
 */
export async function sweepRequests(environment: Environment, community: Community) {
  const caller = { actor: system, community, via: 'job' };
  const escalated = await ask(environment, caller, due_for_escalation, {});
  for (const { id } of escalated) await perform(environment, caller, escalate_request, { id });
  const silent = await ask(environment, caller, silent_since, {});
  for (const { id } of silent) await perform(environment, caller, close_without_word, { id });
  return { escalated: escalated.length, closed: silent.length };
}

/** After a change of the calendar: counts every open request anew and says which due dates moved. */
export async function recomputeOpenRequests(environment: Environment, community: Community, version: string) {
  const caller = { actor: system, community, via: 'job' };
  const open = await ask(environment, caller, open_with_owed_since, {});
  const changed: number[] = [];
  for (const { id, owed_since } of open) {
    const command_id = idFrom('recompute', version, id);
    const answer = await perform(environment, { ...caller, id: command_id }, recompute_due, { id, owed_since });
    if (answer.changed) changed.push(answer.number);
  }
  return { looked_at: open.length, changed };
}
