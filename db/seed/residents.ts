import type pg from 'pg';
import { maskContact, maskName, sealedPlace } from '#modules/people/index.ts';
import { hashPassword, maskPhone, phoneFingerprint } from '#platform/accounts/index.ts';
import { fingerprint, seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import { GIVEN, GIVEN_OLD, SURNAMES } from './names.ts';
import { type AddPerson, makeOrganisations, makeStaff, type SeedStaff } from './staff.ts';

export const PASSWORD = 'knock-knock-2026';

export type SignIn = { role: string; name: string; phone: string; login_name: string; password: string };
export type Residents = {
  ids: string[];
  household_of: number[];
  staff: SeedStaff[];
  organisations: { id: string; kind: string }[];
  sign_ins: SignIn[];
};

/** 13 people behind every 5 doors: 130,000 behind 50,000. */
const HOUSEHOLD_SIZES = [2, 3, 3, 2, 3];

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
  const people: Row[] = [];
  const addPerson: AddPerson = (key, name, born_in_year, public_name) => {
    const id = idFrom(community_id, 'person', key);
    people.push({
      ...personRow(environment, id, name, began),
      community_id,
      born_in_year,
      public_name,
      login_id: null,
      large_type: false,
    });
    return id;
  };
  const { ids, household_of, contacts, members } = settle(environment, ground, chance, addPerson, began);
  const { organisations, organisationRows } = makeOrganisations(ground, scale);
  const { staff, grants, terms } = makeStaff(addPerson, chance, ground, scale, organisations);
  const { sign_ins, logins, phones, tried_by } = await makeSignIns(environment, ground, { ids, people, staff }, began);
  const of = (kind: string, rows: Row[]) =>
    rows.map((row, i) => ({ community_id, id: idFrom(community_id, kind, String(i)), started_at: began, ...row }));
  await insertRows(client, 'logins', logins);
  await insertRows(client, 'people', people);
  await insertRows(client, 'contact_points', [...contacts, ...phones]);
  await insertRows(client, 'household_members', members);
  await insertRows(client, 'proxies', makeProxies(people, tried_by, began));
  await insertRows(client, 'organisations', of('organisation', organisationRows));
  await insertRows(
    client,
    'role_grants',
    of(
      'grant',
      grants.map((row) => ({ ...row, granted_by_id: staff[0]!.id })),
    ),
  );
  await insertRows(client, 'grid_terms', of('term', terms));
  const default_owner_id = staff.find((one) => one.role === 'desk_officer')!.id;
  await client.query('update communities set settings = settings || $1 where id = $2', [
    { default_owner_id },
    community_id,
  ]);
  return { ids, household_of, staff, organisations, sign_ins };
}

function personRow({ keys }: Environment, id: string, name: string, began: Date): Row {
  return {
    id,
    name_sealed: seal(keys, sealedPlace.name(id), name),
    name_masked: maskName(name),
    name_fingerprint: fingerprint(keys, 'people/name', name),
    created_at: began,
    created_by_id: id,
  };
}

function settle(environment: Environment, ground: Ground, chance: Chance, addPerson: AddPerson, began: Date) {
  const ids: string[] = [];
  const household_of: number[] = [];
  const contacts: Row[] = [];
  const members: Row[] = [];
  const { community_id } = ground;
  ground.households.forEach((household, h) => {
    const surname = chance.pick(SURNAMES);
    const isOld = chance.yes(0.28);
    for (let i = 0; i < HOUSEHOLD_SIZES[h % 5]!; i++) {
      const isChild = i === 2;
      const isElder = isOld && !isChild;
      const year = isElder ? 1936 + chance.below(25) : isChild ? 2008 + chance.below(14) : 1970 + chance.below(30);
      const name = (i === 0 || isChild ? surname : chance.pick(SURNAMES)) + chance.pick(isElder ? GIVEN_OLD : GIVEN);
      const person_id = addPerson(`resident/${ids.length}`, name, year, null);
      // Numbers that begin with 154 were given out to nobody, so that no message of a demonstration reaches a stranger.
      if (i === 0)
        contacts.push({
          community_id,
          ...contactRow(environment, person_id, `+86154${String(10_000_000 + ids.length).slice(-8)}`, began),
        });
      members.push({
        ...{ community_id, id: idFrom(person_id, 'member'), household_id: household.id, person_id, started_at: began },
        relation: i === 0 ? 'head' : 'member',
        // Whoever tries the demonstration as a resident, the first of all, can vote.
        verified_at: chance.yes(0.7) || ids.length === 0 ? began : null,
      });
      ids.push(person_id);
      household_of.push(h);
    }
  });
  return { ids, household_of, contacts, members };
}

function contactRow({ keys }: Environment, person_id: string, phone: string, began: Date): Row {
  const id = idFrom(person_id, 'phone', phone);
  return {
    ...{ id, person_id, kind: 'phone', verified_at: began, created_at: began },
    value_sealed: seal(keys, sealedPlace.contact(id), phone),
    value_masked: maskContact('phone', phone),
    value_fingerprint: fingerprint(keys, 'contact_points/phone', phone),
  };
}

/** One sign-in a role, by name and password, for whoever tries the demonstration. */
async function makeSignIns(
  environment: Environment,
  ground: Ground,
  { ids, people, staff }: { ids: string[]; people: Row[]; staff: SeedStaff[] },
  began: Date,
) {
  const password_hash = await hashPassword(PASSWORD);
  const ofStaff = (role: string, login_name: string) => ({
    role,
    login_name,
    id: staff.find((one) => one.role === role)!.id,
  });
  const chosen = [
    { role: 'resident', login_name: 'resident', id: ids[0]! },
    { role: 'resident', login_name: 'elder', id: elderAmong(people) },
    ofStaff('grid_worker', 'worker'),
    ofStaff('desk_officer', 'desk'),
    ofStaff('handler', 'handler'),
    ofStaff('secretary', 'secretary'),
    ofStaff('administrator', 'administrator'),
    ofStaff('treasurer', 'treasurer'),
    ofStaff('auditor', 'auditor'),
  ];
  const sign_ins: SignIn[] = [];
  const logins: Row[] = [];
  const phones: Row[] = [];
  chosen.forEach(({ role, login_name, id }, i) => {
    const phone = `+861540000000${i}`;
    const login_id = idFrom(ground.community_id, 'login', login_name);
    const phone_sealed = seal(environment.keys, `logins/phone/${login_id}`, phone);
    const phone_fingerprint = phoneFingerprint(environment, phone);
    logins.push({
      id: login_id,
      phone_fingerprint,
      phone_sealed,
      phone_masked: maskPhone(phone),
      login_name,
      password_hash,
      created_at: began,
    });
    const row = people.find((one) => one.id === id)!;
    row.login_id = login_id;
    row.large_type = login_name === 'elder';
    const name = staff.find((one) => one.id === id)?.name ?? String(row.name_masked);
    sign_ins.push({ role, name, phone, login_name, password: PASSWORD });
    phones.push({ community_id: ground.community_id, ...contactRow(environment, id, phone, began) });
  });
  return { sign_ins, logins, phones, tried_by: chosen.map((one) => one.id) };
}

const bornIn = (row: Row) => row.born_in_year as number;
const isElder = (row: Row) => bornIn(row) <= 1955;

/** The elder who tries the demonstration: the first beyond the first household, which is the resident's. */
function elderAmong(people: Row[]): string {
  return people.slice(HOUSEHOLD_SIZES[0]).find(isElder)!.id as string;
}

const PROXIED = 8;

/**
 * Every eighth elder is helped by somebody who could be their child, agreed to at the desk; the resident who tries the
 * demonstration helps the elder who does.
 */
function makeProxies(people: Row[], [resident, elder]: string[], began: Date): Row[] {
  const residents = people.filter((row) => row.public_name === null && row.id !== resident && row.id !== elder);
  const children = residents.filter((row) => bornIn(row) >= 1970 && bornIn(row) < 1990);
  const elders = residents.filter(isElder).filter((_row, i) => i % PROXIED === 0);
  const pairs = elders.slice(0, children.length).map((row, i) => [row.id, children[i]!.id]);
  return [[elder, resident], ...pairs].map(([subject_id, proxy_id]) => ({
    ...{ community_id: people[0]!.community_id, subject_id, proxy_id },
    id: idFrom('proxy', String(subject_id), String(proxy_id)),
    relation: 'child',
    asked_at: began,
    agreed_at: began,
    agreed_how: '到服务台当面同意',
  }));
}
