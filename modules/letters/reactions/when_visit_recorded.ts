import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Event } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { deliver_letter, record_reply } from '../commands/deliver_letter.ts';

/** A knock handed a letter over or brought a reply back: it is told by ids, the words of a reply are typed in from paper. */
export const whenVisitRecorded = {
  name: 'letters.when_visit_recorded',
  on: ['visit.recorded'],
  async run(environment: Environment, community: Community, event: Event): Promise<void> {
    const { household_id, letter_delivered, reply_brought_back } = event.data as Record<string, unknown>;
    if (typeof household_id !== 'string') return;
    const caller = (step: string) => ({ actor: system, community, via: 'job', id: idFrom(event.id, step) });
    if (letter_delivered === true)
      await unlessNoLetter(
        perform(environment, caller('letters.delivered'), deliver_letter, {
          household_id,
          delivered_by_id: event.actor_id,
        }),
      );
    if (reply_brought_back === true)
      await unlessNoLetter(
        perform(environment, caller('letters.replied'), record_reply, { household_id, visit_id: event.subject_id }),
      );
  },
};

/** A door without a printed letter has nothing to tell of. */
async function unlessNoLetter(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
  }
}
