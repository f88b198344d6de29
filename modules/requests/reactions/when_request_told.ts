import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Event } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { notify } from '#platform/notify.ts';
import { followersOf } from '../follower.store.ts';
import { findRequest } from '../request.store.ts';

/** Which fact is told to whom: those who follow, the owner, or the secretary when a due date is missed. */
const TOLD: Record<string, readonly ('followers' | 'owner')[]> = {
  'request.submitted': ['owner'],
  'request.accepted': ['followers'],
  'request.handed_on': ['owner', 'followers'],
  'request.recategorised': ['owner'],
  'request.reporter_asked': ['followers'],
  'request.replied': ['owner'],
  'request.promised': ['followers'],
  'request.answered': ['followers'],
  'request.finished': ['followers'],
  'request.refused': ['followers'],
  'request.confirmed': ['owner'],
  'request.reopened': ['owner'],
  'request.joined': ['followers'],
  'request.split': ['followers'],
  'request.closed_without_word': ['followers'],
  'request.escalated': ['owner'],
};

/** Tells everybody concerned, except whoever did it. */
const tell_of_request = command({
  name: 'requests.tell_of_request',
  input: z.object({ request_id: z.uuid(), kind: z.string(), event_id: z.uuid(), actor_id: z.uuid() }),
  async run(ctx, input) {
    const request = await findRequest(ctx, { id: input.request_id });
    if (!request) return { told: 0 };
    const people = new Set<string>();
    const whom = TOLD[input.kind] ?? [];
    if (whom.includes('followers'))
      for (const follower of await followersOf(ctx, request.id)) people.add(follower.person_id);
    if (whom.includes('owner') && request.owner_id) people.add(request.owner_id);
    people.delete(input.actor_id);
    for (const person_id of people) {
      const template = input.kind.replace('request.', 'request_');
      await notify(
        ctx,
        {
          ...{ person_id, template, vars: { number: String(request.number) } },
          subject: { kind: 'request', id: request.id },
          is_for_work: whom.includes('owner') && person_id === request.owner_id,
        },
        input.event_id,
      );
    }
    return { told: people.size };
  },
});

export const whenRequestTold = {
  name: 'requests.when_request_told',
  on: Object.keys(TOLD),
  async run(environment: Environment, community: Community, event: Event): Promise<void> {
    const caller = { actor: system, community, via: 'job', id: idFrom(event.id, 'requests.when_request_told') };
    await perform(environment, caller, tell_of_request, {
      request_id: event.subject_id,
      kind: event.kind,
      event_id: event.id,
      actor_id: event.actor_id,
    });
  },
};
