import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Event } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { pass_on_owed } from '../commands/pass_on_owed.ts';

/** Somebody takes up a post: the resolutions that the post owes are theirs. */
export const whenTermStarted = {
  name: 'council.when_term_started',
  on: ['term.started'],
  async run(environment: Environment, community: Community, event: Event): Promise<void> {
    const caller = { actor: system, community, via: 'job', id: idFrom(event.id, 'council.when_term_started') };
    await perform(environment, caller, pass_on_owed, { post_id: event.subject_id, person_id: event.data.person_id });
  },
};
