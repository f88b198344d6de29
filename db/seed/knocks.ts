import type pg from 'pg';
import { finish_request } from '#modules/requests/index.ts';
import { ask_not_to_knock, plan_round, record_visit, write_safety_note } from '#modules/visits/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import { seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import { AT_DOORS, NOTES } from './knock_texts.ts';
import type { Residents } from './residents.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MONTHS_DAYS = 150;
const RAISED = { small: 24, full: 80 } as const;
const MOVED_IN = { small: 12, full: 160 } as const;

type Home = { person_id: string; household_id: string; building_id: string; grid_id: string; born_in_year: number };
type Telling = {
  environment: Environment;
  community: Community;
  chance: Chance;
  now: Date;
  workers: Map<string, Actor[]>;
  act<I, A>(actor: Actor, at: Date, command: Command<I, A>, input: unknown): Promise<A>;
};

/**
 * Months of knocking: circumstances that stand, households that moved in, visits with their notes, needs raised at doors,
 * wishes, a door for two, two accounts of one door, and a round for today. The same seed makes the same ones.
 */
export async function writeKnocks(
  client: pg.ClientBase,
  environment: Environment,
  community: Community,
  ground: Ground,
  residents: Residents,
  scale: Scale,
  seed: number,
  now: Date,
): Promise<number> {
  const chance = chanceOf('knocks', seed);
  const workers = new Map<string, Actor[]>();
  for (const one of residents.staff.filter((member) => member.role === 'grid_worker' && member.grid !== undefined)) {
    const grid_id = ground.grid_ids[one.grid!]!;
    const actor: Actor = {
      kind: 'person',
      id: one.id,
      roles: [{ role: 'grid_worker', scope_kind: 'grid', scope_id: grid_id }],
    };
    workers.set(grid_id, [...(workers.get(grid_id) ?? []), actor]);
  }
  await client.query("select set_config('app.community_id', $1, false)", [community.id]);
  const homes = await homesOf(client);
  const cared = await writeCare(client, community, homes, chance, now);
  await letMoveIn(client, homes, MOVED_IN[scale], now);
  await writePast(client, environment, community, cared, workers, chance, now);
  let commands = 0;
  const telling: Telling = {
    ...{ environment, community, chance, now, workers },
    act(actor, at, command, input) {
      const id = idFrom(community.id, 'knock', String(seed), String(++commands));
      return perform(environment, { actor, community, id, via: 'command_line', now: at }, command, input);
    },
  };
  await raiseNeeds(telling, homes, RAISED[scale]);
  await showToday(telling, homes, residents);
  return commands;
}

async function homesOf(client: pg.ClientBase): Promise<Home[]> {
  const { rows } = await client.query<Home>(`
    select m.person_id, m.household_id, h.building_id, b.grid_id, p.born_in_year
    from household_members m
      join people p on p.community_id = m.community_id and p.id = m.person_id
      join households h on h.community_id = m.community_id and h.id = m.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where m.relation = 'head' and m.ended_at is null and p.born_in_year is not null and b.grid_id is not null
    order by m.person_id`);
  return rows;
}

/** Circumstances on a ground of law: every sixth elder lives alone, and some are ill, disabled or in hardship. */
async function writeCare(
  client: pg.ClientBase,
  { id: community_id }: Community,
  homes: Home[],
  chance: Chance,
  now: Date,
) {
  const cared = homes.flatMap((home): (Home & { kind: string })[] => {
    const isElder = home.born_in_year <= 1960;
    const kind =
      isElder && chance.yes(0.3)
        ? 'lives_alone'
        : chance.yes(0.06)
          ? chance.pick(['illness', 'disability', 'hardship', 'newborn'])
          : null;
    return kind ? [{ ...home, kind }] : [];
  });
  const date = (days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  const recorded_by_id = homes[0]!.person_id;
  const rows = cared.map((home): Row => {
    const age = 20 + chance.below(100);
    return {
      ...{ community_id, id: idFrom(home.person_id, 'care', home.kind), person_id: home.person_id, kind: home.kind },
      ...{
        purpose: 'care_visits',
        legal_ground: 'statutory_duty',
        seen_by: ['grid_worker', 'desk_officer', 'secretary'],
      },
      ...{
        started_on: date(-age),
        expires_on: date(365 - age),
        recorded_at: new Date(now.getTime() - age * DAY),
        recorded_by_id,
      },
    };
  });
  await insertRows(client, 'care_circumstances', rows);
  return cared;
}

async function letMoveIn(client: pg.ClientBase, homes: Home[], count: number, now: Date): Promise<void> {
  const step = Math.floor(homes.length / count);
  const moved = Array.from({ length: count }, (_, i) => homes[i * step + 3]!.household_id);
  await client.query(
    `update household_members m set started_at = $2::timestamptz - make_interval(days => n.i::int % 30)
    from unnest($1::uuid[]) with ordinality as n (household_id, i) where m.household_id = n.household_id`,
    [moved, now],
  );
}

const OCCASION: Record<string, string> = {
  lives_alone: 'elder_living_alone',
  illness: 'illness_or_disability',
  disability: 'illness_or_disability',
  hardship: 'hardship',
  newborn: 'joy_or_grief',
};
const PACE: Record<string, number> = { elder_living_alone: 7, joy_or_grief: MONTHS_DAYS };

/** Visits at the pace of each occasion, most of them answered, the last one long enough ago for some doors to be due. */
async function writePast(
  client: pg.ClientBase,
  { keys }: Environment,
  { id: community_id, time_zone }: Community,
  cared: (Home & { kind: string })[],
  workers: Map<string, Actor[]>,
  chance: Chance,
  now: Date,
): Promise<void> {
  const rows: Row[] = [];
  for (const home of cared) {
    const occasion = OCCASION[home.kind]!;
    const pace = PACE[occasion] ?? 30;
    // Three visits a door are enough to look back on.
    for (let i = 0, age = 1 + chance.below(pace + 3); i < 3 && age < MONTHS_DAYS; i++, age += pace) {
      const knocked_at = new Date(Math.floor(now.getTime() / DAY) * DAY - age * DAY + (1 + chance.next() * 8) * HOUR);
      const id = idFrom(home.household_id, 'visit', occasion, String(i));
      const outcome = chance.pick(['answered', 'answered', 'answered', 'answered', 'nobody_home', 'by_phone']);
      const note = outcome === 'answered' && chance.yes(0.3) ? chance.pick(NOTES[occasion]!) : null;
      rows.push({
        ...{ community_id, id, household_id: home.household_id, building_id: home.building_id, grid_id: home.grid_id },
        ...{
          worker_id: chance.pick(workers.get(home.grid_id)!).id,
          occasion,
          outcome,
          knocked_at,
          received_at: knocked_at,
        },
        knocked_on: dateIn(time_zone, knocked_at),
        seen: outcome === 'answered' ? [chance.pick(['well', 'well', 'well', 'unwell', 'needs_hand'])] : [],
        asked: [],
        note_sealed: note ? seal(keys, `visits/note/${id}`, note) : null,
      });
    }
  }
  await insertRows(client, 'visits', rows);
}

/** What was raised at doors, through the command that phones use. */
async function raiseNeeds(
  { act, chance, community, now, workers }: Telling,
  homes: Home[],
  count: number,
): Promise<void> {
  for (let i = 0; i < count; i++) {
    const home = homes[(i * 97 + 11) % homes.length]!;
    const at = new Date(
      Math.floor(now.getTime() / DAY) * DAY - (1 + Math.floor((i / count) * 60)) * DAY + (2 + chance.next() * 6) * HOUR,
    );
    const [category, text, words] = AT_DOORS[i % AT_DOORS.length]!;
    const settled = chance.pick(['on_the_spot', 'promised', 'passed_on'] as const);
    const key = `${home.household_id}/${i}`;
    const worker = chance.pick(workers.get(home.grid_id)!);
    await act(worker, at, record_visit, {
      ...{ id: idFrom(key, 'visit'), household_id: home.household_id, occasion: 'newly_moved_in', outcome: 'answered' },
      seen: ['well'],
      needs: [
        {
          ...{ id: idFrom(key, 'need'), category, text, settled, words, told_by_id: home.person_id },
          promised_on:
            settled === 'promised' ? dateIn(community.time_zone, new Date(at.getTime() + 4 * DAY)) : undefined,
        },
      ],
    });
    // Four promises in five are kept, two days before their day.
    const kept = new Date(at.getTime() + 2 * DAY);
    if (settled === 'promised' && chance.yes(0.8) && kept < now)
      await act(worker, kept, finish_request, { id: idFrom(key, 'need'), text: words });
  }
}

/** What somebody who tries the demonstration sees today: wishes, a door for two, two accounts, and the worker's round. */
async function showToday(
  { act, community, now, workers }: Telling,
  homes: Home[],
  residents: Residents,
): Promise<void> {
  const tried = residents.staff.find((one) => one.role === 'grid_worker')!;
  const [grid_id, [mine, colleague]] = [...workers].find(([, actors]) =>
    actors.some((actor) => actor.id === tried.id),
  )! as [string, [Actor, Actor]];
  const doors = homes.filter((home) => home.grid_id === grid_id).map((home) => home.household_id);
  const earlier = new Date(now.getTime() - 3 * HOUR);
  await act(mine, earlier, ask_not_to_knock, { household_id: doors[5], wish: 'no_knock' });
  await act(mine, earlier, ask_not_to_knock, {
    household_id: doors[6],
    wish: 'only_between',
    from_minute: 960,
    until_minute: 1140,
  });
  await act(mine, earlier, write_safety_note, { household_id: doors[7], note: '院里养了大狗，先打电话请主人拴好。' });
  for (const [actor, outcome, note] of [
    [mine, 'answered', '老人说腿好多了，药还够半个月。'],
    [colleague, 'nobody_home', '敲了两次没人应，门口有报纸。'],
  ] as const) {
    const id = idFrom(doors[8]!, 'twice', actor.id);
    await act(actor, earlier, record_visit, {
      id,
      household_id: doors[8],
      occasion: 'elder_living_alone',
      outcome,
      note,
    });
  }
  const planned_on = dateIn(community.time_zone, now);
  await act(mine, now, plan_round, { planned_on, starts_at_minute: 540, budget_minutes: 150 });
}
