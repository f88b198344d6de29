import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findHouseholds, findResidents, insertResidents } from '../roster.store.ts';
import { checkRoster } from '../roster.ts';

const ROWS_LIMIT = 60_000;

const row = z.object({
  line: z.number().int().min(1),
  household_id: z.string(),
  name: z.string(),
  phone: z.string().optional(),
  born_in_year: z.string().optional(),
  relation: z.string().optional(),
});

/**
 * A roster of residents, door by door: all rows or none. Each wrong row is a refusal with its line and column. Who is
 * written down behind that door by that name already is left as they are, so a roster can be given again.
 */
export const import_residents = command({
  name: 'people.import_residents',
  input: z.object({ rows: z.array(row).min(1).max(ROWS_LIMIT), verified_how: z.string().trim().max(200).optional() }),
  async run(ctx, { rows, verified_how }) {
    demand(personPolicy, 'grant_role', personRelations(ctx.actor, ''), { kind: 'roster', id: ctx.community.id });
    const doors = await findHouseholds(ctx, [...new Set(rows.map((one) => one.household_id))]);
    const residents = checkRoster(rows, doors, ctx.now.getUTCFullYear());
    const there = await findResidents(ctx, residents);
    const fresh = residents.filter((_one, index) => !there.has(index));
    await insertResidents(ctx, fresh, verified_how || null);
    const counts = { written: fresh.length, there_already: there.size };
    record(ctx, 'residents.imported', { kind: 'community', id: ctx.community.id }, counts);
    return { read: rows.length, accepted: residents.length, ...counts };
  },
});
