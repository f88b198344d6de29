import type { Visit } from '#faces/server/visit.ts';
import { find_people } from '#modules/people/index.ts';
import { refuse } from '#platform/refusal.ts';
import { see } from './act.ts';

/** The one person who was meant, by full name or telephone; looked up as any file is, with the reason that its subject sees. */
export async function personCalled(visit: Visit, typed: string | undefined, reason: string): Promise<string> {
  const where = { field: 'person' };
  const who = typed?.trim() || refuse('required', {}, where);
  const by = /^[+\d][\d\s-]{6,}$/.test(who) ? { phone: who } : { name: who };
  const found = await see(visit, find_people, { ...by, reason });
  if (found.length === 0) refuse('nobody_called_so', {}, where);
  if (found.length > 1) refuse('person_several', {}, where);
  return found[0]!.id;
}
