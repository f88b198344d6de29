import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { changesSince, insertConflict, rivalsOf } from './conflict.store.ts';

type Visit = { id: string; household_id: string; occasion: string; knocked_on: string };

/**
 * Puts a visit beside what contradicts it: visits of others to the same door on the same day for the same occasion, and
 * what the desk changed about the household while the phone was away. Nothing is overwritten; a person decides.
 */
export async function findConflicts(ctx: Ctx, visit: Visit, packed_at: Date | undefined): Promise<string[]> {
  const found: string[] = [];
  const write = async (
    kind: 'two_workers' | 'changed_meanwhile',
    other_visit_id: string | null,
    changes: Parameters<typeof insertConflict>[1]['changes'],
  ) => {
    const id = ctx.newId<'conflict'>();
    await insertConflict(ctx, {
      id,
      household_id: visit.household_id,
      visit_id: visit.id,
      kind,
      other_visit_id,
      changes,
    });
    record(ctx, 'visit.conflict_found', { kind: 'visit', id: visit.id }, { conflict_id: id, kind });
    found.push(id);
  };
  for (const other of await rivalsOf(ctx, visit)) await write('two_workers', other, []);
  if (packed_at) {
    const changes = await changesSince(ctx, visit.household_id, packed_at);
    if (changes.length > 0) await write('changed_meanwhile', null, changes);
  }
  return found;
}
