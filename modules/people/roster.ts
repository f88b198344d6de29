import { Refusal } from '#platform/refusal.ts';
import type { HouseholdRelation } from './household.ts';
import { contactValue } from './person.ts';

/** A row of a roster as it came, with the line it stood on; its door was found by whoever read the file. */
export type RosterRow = {
  line: number;
  household_id: string;
  name: string;
  phone?: string;
  born_in_year?: string;
  relation?: string;
};

export type Resident = {
  household_id: string;
  name: string;
  phone: string | null;
  born_in_year: number | null;
  relation: HouseholdRelation;
};

const NAME_LENGTH = 60;
const REFUSALS_SHOWN = 1_000;

// The words rosters use, in both languages.
const RELATIONS: Record<string, HouseholdRelation> = {
  head: 'head',
  户主: 'head',
  member: 'member',
  成员: 'member',
  家庭成员: 'member',
  tenant: 'tenant',
  租户: 'tenant',
  租客: 'tenant',
  guest: 'guest',
  暂住: 'guest',
};

/**
 * The residents of a roster, in its order. Pure; linear in the rows. Throws one Refusal for the first wrong row with all
 * others in `also` (1,000 at most), each with line and column name: nothing of a roster with a wrong row is taken.
 */
export function checkRoster(rows: readonly RosterRow[], doors: ReadonlySet<string>, this_year: number): Resident[] {
  const refusals: Refusal[] = [];
  const seen = new Map<string, number>();
  const residents = rows.map((row) => {
    const wrong = (code: string, field: string, vars = {}) =>
      void (refusals.length < REFUSALS_SHOWN && refusals.push(new Refusal(code, vars, { line: row.line, field })));
    const name = row.name.normalize('NFKC').trim();
    if (name === '') wrong('required', 'name');
    if (name.length > NAME_LENGTH) wrong('too_long', 'name', { limit: NAME_LENGTH });
    if (!doors.has(row.household_id)) wrong('household_unknown', 'household_id');
    const phone = row.phone?.trim() ? contactValue('phone', row.phone) : null;
    if (phone === undefined) wrong('phone_invalid', 'phone');
    const year = row.born_in_year?.trim() ? Number(row.born_in_year) : null;
    if (year !== null && !(Number.isInteger(year) && year >= 1890 && year <= this_year))
      wrong('invalid_input', 'born_in_year');
    const relation = RELATIONS[row.relation?.trim().toLowerCase() || 'member'];
    if (!relation) wrong('invalid_choice', 'relation');
    const key = `${row.household_id} ${name}`;
    const first = seen.get(key);
    if (first !== undefined) wrong('row_repeated', 'name', { line: first });
    seen.set(key, first ?? row.line);
    return {
      household_id: row.household_id,
      name,
      phone: phone ?? null,
      born_in_year: year,
      relation: relation ?? 'member',
    };
  });
  const [one, ...others] = refusals;
  if (one) throw new Refusal(one.code, one.vars, one.where, others);
  return residents;
}
