import type pg from 'pg';
import { endOfTerm } from '#modules/groups/index.ts';
import { sealedPlace } from '#modules/people/index.ts';
import { open } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import { chanceOf } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import type { Residents } from './residents.ts';

const COUNCIL_SEATS = { small: 9, full: 41 } as const;
const LED = ['social_organisation', 'volunteer_team', 'club', 'building_group'];
/** Of every so many organisations one looks for somebody to lead it. */
const VACANT_EVERY = 7;

export type Groups = {
  alliance_id: string;
  council_id: string;
  /** Who holds which seat of the council; the secretary-general is the retired man whose speeches kept hitting the point. */
  council: { code: string; person_id: string }[];
  leads: Map<string, string>;
};

type NewPost = [
  code: string,
  zh: string,
  en: string,
  seats: number,
  speaks_for: boolean,
  duties_zh: string,
  duties_en: string,
];

const COUNCIL_POSTS = (seats: number): NewPost[] => [
  [
    'chair',
    '理事长',
    'Chair',
    1,
    true,
    '主持会议，对外代表理事会。',
    'Chairs the meetings and speaks for the council.',
  ],
  ['vice_chair', '副理事长', 'Vice-chair', 2, false, '理事长不在时主持会议。', 'Chairs when the chair is away.'],
  [
    'secretary_general',
    '秘书长',
    'Secretary-general',
    1,
    true,
    '定议程，跟进每一条决议。',
    'Sets agendas and follows every resolution up.',
  ],
  [
    'council_member',
    '理事',
    'Council member',
    seats,
    false,
    '听邻居的话，在会上说出来，投票。',
    'Listens to neighbours, speaks for them, votes.',
  ],
  [
    'supervisor',
    '监事',
    'Supervisor',
    2,
    false,
    '看账，看规则有没有守住。',
    'Looks at the books and whether rules are kept.',
  ],
];

const LEAD: NewPost = ['lead', '负责人', 'Lead', 1, true, '牵头，也替大家说话。', 'Leads it and speaks for it.'];

/** The alliance of partner units, the council, and who leads the organisations: residents, by the names they agreed to show. */
export async function writeGroups(
  client: pg.ClientBase,
  environment: Environment,
  ground: Ground,
  residents: Residents,
  scale: Scale,
  seed: number,
  began: Date,
): Promise<Groups> {
  const { community_id } = ground;
  const started_by_id = residents.staff[0]!.id;
  const [alliance_id, council_id] = ['alliance', 'council'].map((kind) =>
    idFrom(community_id, 'organisation', kind),
  ) as [string, string];
  await insertRows(client, 'organisations', [
    body(community_id, alliance_id, 'alliance', '党建共同体', 'Alliance of Partner Units', began),
    body(community_id, council_id, 'council', '共治理事会', 'Co-governance Council', began),
  ]);
  const units = residents.organisations.filter((one) => one.kind === 'partner_unit');
  const memberships = [[alliance_id, council_id], ...units.map((one) => [one.id, alliance_id])];
  await insertRows(
    client,
    'memberships',
    memberships.map(([member_organisation_id, organisation_id]) => ({
      ...{ community_id, id: idFrom('membership', member_organisation_id!), organisation_id, member_organisation_id },
      ...{ started_at: began, started_by_id },
    })),
  );
  const { posts, terms, used, council, leads } = fillPosts(ground, residents, scale, seed, began, council_id);
  await insertRows(client, 'posts', posts);
  await showNames(client, environment, community_id, [...used]);
  await insertRows(client, 'post_terms', terms);
  return { alliance_id, council_id, council, leads };
}

/** The council's posts and a lead for each organisation; one person holds one post. */
function fillPosts(ground: Ground, residents: Residents, scale: Scale, seed: number, began: Date, council_id: string) {
  const chance = chanceOf('groups', seed);
  const { community_id } = ground;
  const posts: Row[] = [];
  const terms: Row[] = [];
  const adults = residents.ids.filter((_id, i) => i > 20 && i % 5 < 2);
  const used = new Set<string>();
  const someone = () => {
    let id = chance.pick(adults);
    while (used.has(id)) id = chance.pick(adults);
    used.add(id);
    return id;
  };
  const addPost = (
    organisation_id: string,
    position: number,
    [code, zh, en, seats, speaks_for, ...duties]: NewPost,
  ) => {
    const id = idFrom(organisation_id, 'post', code);
    posts.push({
      ...{ community_id, id, organisation_id, code, seats, speaks_for, position, term_months: 36, created_at: began },
      names: { 'zh-CN': zh, en },
      duties: { 'zh-CN': duties[0], en: duties[1] },
    });
    return id;
  };
  const started_on = began.toISOString().slice(0, 10);
  const ends_on = endOfTerm(started_on, 36);
  const addTerm = (post_id: string, seat: number) => {
    const person_id = someone();
    terms.push({
      ...{ community_id, id: idFrom(post_id, 'term', String(seat)), post_id, person_id, seat, started_on, ends_on },
      ...{ started_at: began, started_by_id: residents.staff[0]!.id },
    });
    return person_id;
  };
  const council: Groups['council'] = [];
  COUNCIL_POSTS(COUNCIL_SEATS[scale]).forEach((post, position) => {
    const post_id = addPost(council_id, position, post);
    const [code, , , seats] = post;
    // One seat of the members is free, so that there is somebody to look for.
    for (let seat = 1; seat <= (seats > 2 ? seats - 1 : seats); seat++)
      council.push({ code, person_id: addTerm(post_id, seat) });
  });
  const leads = new Map<string, string>();
  residents.organisations
    .filter((one) => LED.includes(one.kind))
    .forEach((one, i) => {
      const post_id = addPost(one.id, 0, LEAD);
      if (i % VACANT_EVERY !== VACANT_EVERY - 1) leads.set(one.id, addTerm(post_id, 1));
    });
  return { posts, terms, used, council, leads };
}

function body(community_id: string, id: string, kind: string, zh: string, en: string, started_at: Date): Row {
  return { community_id, id, kind, started_at, names: { 'zh-CN': zh, en } };
}

/** Who holds a post agreed to be named in public. */
async function showNames(
  client: pg.ClientBase,
  { keys }: Environment,
  community_id: string,
  ids: string[],
): Promise<void> {
  const { rows } = await client.query<{ id: string; name_sealed: Buffer }>(
    'select id, name_sealed from people where community_id = $1 and id = any ($2)',
    [community_id, ids],
  );
  const names = rows.map(({ id, name_sealed }) => ({ id, name: open(keys, sealedPlace.name(id), name_sealed) }));
  await client.query(
    `update people set public_name = one.name from jsonb_to_recordset($2::jsonb) as one (id uuid, name text)
     where people.community_id = $1 and people.id = one.id`,
    [community_id, JSON.stringify(names)],
  );
}
