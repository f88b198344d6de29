import { idFrom } from '#platform/ids.ts';
import type { Row } from './bulk.ts';
import type { Chance } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import { GIVEN, SURNAMES } from './names.ts';
import { organisationNames } from './organisation_names.ts';

/** Two thirds of staff are in grids, as in the place the product is modelled on. */
const STAFF = { small: { leaders: 4, desk: 3, handlers: 5 }, full: { leaders: 32, desk: 12, handlers: 34 } } as const;
const UNITS = {
  small: {
    partner_unit: 12,
    social_organisation: 8,
    volunteer_team: 6,
    club: 8,
    building_group: 12,
    property_company: 2,
    department: 4,
  },
  full: {
    partner_unit: 110,
    social_organisation: 102,
    volunteer_team: 68,
    club: 87,
    building_group: 191,
    property_company: 12,
    department: 12,
  },
} as const;
export type SeedStaff = { id: string; name: string; role: string; grid?: number; organisation_id?: string };

export function makeOrganisations(ground: Ground, scale: Scale) {
  const organisations: { id: string; kind: string }[] = [];
  const organisationRows: Row[] = [];
  for (const [kind, count] of Object.entries(UNITS[scale])) {
    for (let i = 0; i < count; i++) {
      const id = idFrom(ground.community_id, 'organisation', kind, String(i));
      organisations.push({ id, kind });
      organisationRows.push({
        id,
        kind,
        names: organisationNames(kind, i),
        building_id:
          kind === 'building_group' ? ground.building_ids[Math.floor((i * ground.building_ids.length) / count)] : null,
      });
    }
  }
  return { organisations, organisationRows };
}

export type AddPerson = (key: string, name: string, born: number, public_name: string | null) => string;

export function makeStaff(
  person: AddPerson,
  chance: Chance,
  ground: Ground,
  scale: Scale,
  organisations: { id: string; kind: string }[],
) {
  const staff: SeedStaff[] = [];
  const grants: Row[] = [];
  const terms: Row[] = [];
  const used = new Set<string>();
  const add = (role: string, more: { grid?: number; organisation_id?: string; duty?: string } = {}) => {
    let name = chance.pick(SURNAMES) + chance.pick(GIVEN);
    while (used.has(name)) name = chance.pick(SURNAMES) + chance.pick(GIVEN) + chance.pick(['', '华', '英', '民']);
    used.add(name);
    const id = person(`staff/${staff.length}`, name, 1970 + chance.below(28), name);
    const scope_kind = more.grid !== undefined ? 'grid' : more.organisation_id ? 'organisation' : 'community';
    const scope_id = more.grid !== undefined ? ground.grid_ids[more.grid]! : (more.organisation_id ?? null);
    grants.push({ person_id: id, role, scope_kind, scope_id });
    if (more.grid !== undefined) terms.push({ grid_id: scope_id, person_id: id, duty: more.duty ?? 'grid_worker' });
    staff.push({ id, name, role, grid: more.grid, organisation_id: more.organisation_id });
  };
  add('administrator');
  add('secretary');
  for (let i = 0; i < STAFF[scale].desk; i++) add('desk_officer');
  ground.grid_ids.forEach((_, grid) => {
    for (let i = 0; i < 2; i++) add('grid_worker', { grid });
  });
  for (let i = 0; i < STAFF[scale].leaders; i++)
    add('grid_worker', { grid: i % ground.grid_ids.length, duty: 'grid_leader' });
  const units = organisations.filter((one) => one.kind === 'property_company' || one.kind === 'department');
  for (let i = 0; i < Math.max(STAFF[scale].handlers, units.length); i++)
    add('handler', { organisation_id: units[i % units.length]!.id });
  add('treasurer');
  add('auditor');
  return { staff, grants, terms };
}
