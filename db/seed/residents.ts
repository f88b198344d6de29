import type pg from 'pg';
import { maskContact, maskName, sealedPlace } from '#modules/people/index.ts';
import { hashPassword, maskPhone, phoneFingerprint } from '#platform/accounts/index.ts';
import { fingerprint, seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import { CATEGORIES } from './categories.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import { CLUBS, GIVEN, GIVEN_OLD, PARTNERS, SOCIAL, SURNAMES, VOLUNTEERS } from './names.ts';

export const PASSWORD = 'knock-knock-2026';

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
const KINDS_NAMED: Record<string, readonly string[]> = {
  partner_unit: PARTNERS,
  social_organisation: SOCIAL,
  volunteer_team: VOLUNTEERS,
  club: CLUBS,
};
const DEPARTMENTS = [
  '城市管理科',
  '民政办',
  '综治办',
  '文体站',
  '计生卫生科',
  '司法所',
  '安监站',
  '社保所',
  '环保所',
  '住建所',
  '信访办',
  '妇联',
];

export type SeedStaff = { id: string; name: string; role: string; grid?: number; organisation_id?: string };
export type Residents = {
  ids: string[];
  household_of: number[];
  staff: SeedStaff[];
  organisations: { id: string; kind: string }[];
  sign_ins: SignIn[];
};
export type SignIn = { role: string; name: string; phone: string; login_name: string; password: string };

/** Invented people: residents behind every door, staff, organisations, and a sign-in for each role. */
export async function writeResidents(
  client: pg.ClientBase,
  environment: Environment,
  ground: Ground,
  scale: Scale,
  seed: number,
  began: Date,
): Promise<Residents> {
  const chance = chanceOf('people', seed);
  const { community_id } = ground;
  const { keys } = environment;
  const people: Row[] = [];
  const contacts: Row[] = [];
  const members: Row[] = [];
  const person = (
    key: string,
    name: string,
    born_in_year: number,
    public_name: string | null,
    login_id: string | null = null,
    large_type = false,
  ) => {
    const id = idFrom(community_id, 'person', key);
    people.push({
      community_id,
      id,
      login_id,
      name_sealed: seal(keys, sealedPlace.name(id), name),
      name_masked: maskName(name),
      name_fingerprint: fingerprint(keys, 'people/name', name),
      public_name,
      born_in_year,
      large_type,
      created_at: began,
      created_by_id: id,
    });
    return id;
  };
  const contact = (person_id: string, phone: string) => {
    const id = idFrom(person_id, 'phone');
    contacts.push({
      community_id,
      id,
      person_id,
      kind: 'phone',
      value_sealed: seal(keys, sealedPlace.contact(id), phone),
      value_masked: maskContact('phone', phone),
      value_fingerprint: fingerprint(keys, 'contact_points/phone', phone),
      verified_at: began,
      created_at: began,
    });
  };
  const { ids, household_of } = residents();
  const { organisations, organisationRows } = makeOrganisations(ground, scale);
  const { staff, grants, terms } = makeStaff(person, chance, ground, scale, organisations);
  const { sign_ins, logins } = await makeSignIns();
  await insertRows(client, 'logins', logins);
  await insertRows(client, 'people', people);
  await insertRows(client, 'contact_points', contacts);
  await insertRows(client, 'household_members', members);
  await insertRows(
    client,
    'organisations',
    organisationRows.map((row) => ({ community_id, started_at: began, ...row })),
  );
  await insertRows(
    client,
    'role_grants',
    grants.map((row, i) => ({
      community_id,
      id: idFrom(community_id, 'grant', String(i)),
      started_at: began,
      granted_by_id: staff[0]!.id,
      ...row,
    })),
  );
  await insertRows(
    client,
    'grid_terms',
    terms.map((row, i) => ({ community_id, id: idFrom(community_id, 'term', String(i)), started_at: began, ...row })),
  );
  await client.query('update communities set settings = settings || $1 where id = $2', [
    { default_owner_id: staff.find((one) => one.role === 'desk_officer')!.id },
    community_id,
  ]);
  return { ids, household_of, staff, organisations, sign_ins };

  function residents() {
    const made: string[] = [];
    const where: number[] = [];
    // 13 people behind every 5 doors: 130,000 behind 50,000.
    const sizes = [2, 3, 3, 2, 3];
    ground.households.forEach((household, h) => {
      const surname = chance.pick(SURNAMES);
      const isOld = chance.yes(0.28);
      for (let i = 0; i < sizes[h % 5]!; i++) {
        const isChild = i === 2;
        const year =
          isOld && !isChild ? 1936 + chance.below(25) : isChild ? 2008 + chance.below(14) : 1970 + chance.below(30);
        const name =
          (i === 0 || isChild ? surname : chance.pick(SURNAMES)) + chance.pick(isOld && !isChild ? GIVEN_OLD : GIVEN);
        const id = person(`resident/${made.length}`, name, year, null);
        // 199 begins no number that was ever given out.
        if (i === 0) contact(id, `+86199${String(10_000_000 + made.length).slice(-8)}`);
        members.push({
          community_id,
          id: idFrom(id, 'member'),
          household_id: household.id,
          person_id: id,
          relation: i === 0 ? 'head' : 'member',
          started_at: began,
          verified_at: chance.yes(0.7) ? began : null,
        });
        made.push(id);
        where.push(h);
      }
    });
    return { ids: made, household_of: where };
  }

  async function makeSignIns() {
    const password_hash = await hashPassword(PASSWORD);
    const chosen: [role: string, login_name: string, id: string][] = [
      ['resident', 'resident', ids[0]!],
      ['resident', 'elder', ids[3]!],
      ...(['grid_worker', 'desk_officer', 'handler', 'secretary', 'administrator'] as const).map(
        (role): [string, string, string] => [
          role,
          role.replace('_officer', '').replace('grid_', ''),
          staff.find((one) => one.role === role)!.id,
        ],
      ),
    ];
    const made: SignIn[] = [];
    const rows: Row[] = [];
    chosen.forEach(([role, login_name, id], i) => {
      const phone = `+861990000000${i}`;
      const login_id = idFrom(community_id, 'login', login_name);
      rows.push({
        id: login_id,
        phone_fingerprint: phoneFingerprint(environment, phone),
        phone_sealed: seal(keys, `logins/phone/${login_id}`, phone),
        phone_masked: maskPhone(phone),
        login_name,
        password_hash,
        created_at: began,
      });
      const row = people.find((one) => one.id === id)!;
      row.login_id = login_id;
      row.large_type = login_name === 'elder';
      made.push({
        role,
        name: staff.find((one) => one.id === id)?.name ?? String(row.name_masked),
        phone,
        login_name,
        password: PASSWORD,
      });
    });
    return { sign_ins: made, logins: rows };
  }
}

function makeOrganisations(ground: Ground, scale: Scale) {
  const organisations: { id: string; kind: string }[] = [];
  const organisationRows: Row[] = [];
  for (const [kind, count] of Object.entries(UNITS[scale])) {
    for (let i = 0; i < count; i++) {
      const id = idFrom(ground.community_id, 'organisation', kind, String(i));
      const named = KINDS_NAMED[kind];
      const round = named ? Math.floor(i / named.length) : i;
      const zh =
        kind === 'department'
          ? DEPARTMENTS[i % DEPARTMENTS.length]!
          : kind === 'property_company'
            ? `安居物业第${i + 1}服务部`
            : kind === 'building_group'
              ? `第${i + 1}楼栋小组`
              : `${round > 0 ? `第${round + 1}` : ''}${named![i % named!.length]!}`;
      organisations.push({ id, kind });
      organisationRows.push({
        id,
        kind,
        names: { 'zh-CN': zh, en: `${kind.replace('_', ' ')} ${i + 1}` },
        building_id:
          kind === 'building_group' ? ground.building_ids[Math.floor((i * ground.building_ids.length) / count)] : null,
      });
    }
  }
  return { organisations, organisationRows };
}

type AddPerson = (key: string, name: string, born: number, public_name: string | null) => string;

function makeStaff(
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
  return { staff, grants, terms };
}

/** Categories and the rules that say who answers for what. */
export async function writeCategories(
  client: pg.ClientBase,
  ground: Ground,
  residents: Residents,
  began: Date,
): Promise<Map<string, string>> {
  const { community_id } = ground;
  const ids = new Map(CATEGORIES.map(([code]) => [code, idFrom(community_id, 'category', code)]));
  await insertRows(
    client,
    'categories',
    CATEGORIES.map(([code, zh, en, response_hours, target_days, is_private, needs_place], i) => ({
      community_id,
      id: ids.get(code),
      code,
      names: { 'zh-CN': zh, en },
      descriptions: {},
      form: code === 'repairs' ? REPAIRS_FORM : [],
      response_hours,
      target_days,
      is_private,
      needs_place,
      position: i + 1,
    })),
  );
  const unit = (kind: string, i: number) => residents.organisations.filter((one) => one.kind === kind)[i]?.id;
  const rules: [string | null, string, string | undefined, string][] = [
    ['repairs', 'organisation', unit('property_company', 0), '公共设施由物业维修'],
    ['environment', 'organisation', unit('department', 0), '环境卫生归城市管理科'],
    ['parking', 'organisation', unit('department', 0), '停车秩序归城市管理科'],
    ['safety', 'organisation', unit('department', 2), '安全隐患由综治办当天处理'],
    ['hardship', 'organisation', unit('department', 1), '困难帮扶归民政办'],
    ['culture', 'organisation', unit('department', 3), '文体活动归文体站'],
    [null, 'grid_worker', undefined, '网格里的事，网格员先应'],
  ];
  await insertRows(
    client,
    'routing_rules',
    rules.map(([code, owner_kind, owner_id, reason], i) => ({
      community_id,
      id: idFrom(community_id, 'rule', String(i + 1)),
      number: i + 1,
      position: (i + 1) * 10,
      category_id: code ? ids.get(code) : null,
      owner_kind,
      owner_id: owner_id ?? null,
      reason,
      started_at: began,
      changed_by_id: residents.staff[0]!.id,
    })),
  );
  return ids;
}

const REPAIRS_FORM = [
  {
    code: 'where',
    kind: 'choice',
    labels: { 'zh-CN': '坏在哪里', en: 'Where is it broken' },
    required: false,
    choices: [
      ['stairs', '楼道', 'Stairs'],
      ['lift', '电梯', 'Lift'],
      ['pipe', '水管', 'Pipe'],
      ['roof', '屋顶', 'Roof'],
      ['light', '路灯', 'Street light'],
      ['door', '单元门', 'Entrance door'],
    ].map(([code, zh, en]) => ({ code, labels: { 'zh-CN': zh, en } })),
  },
];
