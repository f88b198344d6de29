import { error, redirect } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { isStaff } from '#platform/actor.ts';

/** Pages of those who work here: not there for others, and left while acting for somebody. */
export function notAsThemselves(visit: Visit): void {
  if (!isStaff(visit.actor)) error(404, 'not_found');
  if (visit.acting_for) redirect(303, '/me/family');
}
