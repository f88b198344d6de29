import * as requests from '#modules/requests/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { CATEGORIES } from './categories.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Ground } from './ground.ts';
import type { Residents } from './residents.ts';
import { NOT_SETTLED, PROMISES, QUESTIONS, REFUSED, REPLIES, TELLINGS } from './texts.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

type Told = {
  id: string;
  reporter: Actor;
  owner: Actor;
  category: string;
  text: string;
  answer: string;
  at: number;
  due: number;
};

/** What the story is told with: who there is, the chance, and the one way to act. */
type Telling = {
  environment: Environment;
  community: Community;
  ground: Ground;
  residents: Residents;
  chance: Chance;
  now: number;
  staff: Map<string, Actor>;
  desk: Actor;
  /** What is told next of a category: in turn, so that nothing is told again before all else was. */
  next(category: string): [told: string, answered: string];
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
};

/**
 * A year in the neighbourhood, lived through the same commands that people use: needs that are answered, some late, some
 * reopened, some joined, some still open. The same seed tells the same year.
 */
export async function tellStory(
  environment: Environment,
  community: Community,
  ground: Ground,
  residents: Residents,
  count: number,
  seed: number,
  now: Date,
): Promise<number> {
  let commands = 0;
  const staff = new Map(residents.staff.map((one) => [one.id, actorOf(residents, ground, one.id)]));
  const chance = chanceOf('story', seed);
  const told = new Map<string, number>();
  const telling: Telling = {
    ...{ environment, community, ground, residents, staff, chance },
    next(category) {
      const texts = TELLINGS[category]!;
      const before = told.get(category) ?? 0;
      told.set(category, before + 1);
      return texts[before % texts.length]!;
    },
    now: now.getTime(),
    desk: staff.get(residents.staff.find((one) => one.role === 'desk_officer')!.id)!,
    act(actor, at, command, input) {
      commands++;
      const id = idFrom(community.id, 'story', String(seed), String(commands));
      const caller = { actor, community, id, via: 'command_line', now: new Date(Math.min(at, now.getTime())) };
      return perform(environment, caller, command, input);
    },
  };
  const recent: Told[] = [];
  for (let i = 0; i < count; i++) {
    // More towards the end, so that there is something to do today.
    const age = (1 - Math.sqrt((i + 0.5) / count)) * 365 * DAY;
    const at = workingMoment(now.getTime() - age, telling.chance);
    const category = telling.chance.pick(WEIGHTED);
    const sibling = await siblingOf(telling, category, at, recent);
    const told = await tell(telling, i, at, category, sibling);
    if (sibling && (await joinWithSibling(telling, told, sibling))) continue;
    recent.unshift(told);
    recent.length = Math.min(recent.length, 30);
    await live(telling, told);
  }
  return commands;
}

async function tell(
  { chance, next, residents, ground, desk, staff, act }: Telling,
  i: number,
  at: number,
  category: string,
  sibling: Told | undefined,
): Promise<Told> {
  const [text, answer] = sibling ? [sibling.text, sibling.answer] : next(category);
  const r = chance.below(residents.ids.length);
  const household = ground.households[residents.household_of[r]!]!;
  const reporter: Actor = { kind: 'person', id: i % 40 === 7 ? residents.ids[0]! : residents.ids[r]!, roles: [] };
  const byDesk = chance.yes(0.25);
  const actor: Actor = byDesk ? { ...desk, on_behalf_of_id: reporter.id } : reporter;
  const answered = await act(actor, at, requests.submit_request, {
    kind: category === 'governance' ? 'idea' : 'need',
    intake: byDesk ? chance.pick(['desk', 'phone']) : chance.pick(['web', 'web', 'poster']),
    category: { code: category },
    text,
    wants_public: true,
    place: { household_id: household.id },
  });
  const owner = staff.get(answered.owner_id) ?? desk;
  return { id: answered.id, reporter, owner, category, text, answer, at, due: new Date(answered.due_at).getTime() };
}

/** Now and then somebody tells what a neighbour told a day or two before. */
async function siblingOf(telling: Telling, category: string, at: number, recent: Told[]): Promise<Told | undefined> {
  const sibling = recent.find((one) => one.category === category && at > one.at && at - one.at < 3 * DAY);
  if (!sibling || !telling.chance.yes(0.12) || telling.now - at < 2 * HOUR) return undefined;
  return (await isOpen(telling, sibling.id)) ? sibling : undefined;
}

async function joinWithSibling({ act, desk }: Telling, told: Told, sibling: Told): Promise<boolean> {
  if (sibling.reporter.id === told.reporter.id) return false;
  await act(desk, told.at + HOUR, requests.join_requests, {
    id: sibling.id,
    from_ids: [told.id],
    reason: '说的是同一件事，合在一起办。',
  });
  return true;
}

/** What became of it, as far as time has gone: each part says when it ended, or nothing when that is still to come. */
async function live(telling: Telling, told: Told): Promise<void> {
  const taken = await takeOn(telling, told);
  const answered = taken && (await answer(telling, told, taken));
  const settled = answered && (await reopen(telling, told, answered));
  if (!settled) return;
  const { chance, act, now } = telling;
  if (chance.yes(0.7)) {
    await act(told.reporter, settled, requests.confirm_request, {
      id: told.id,
      stars: chance.pick([5, 5, 5, 4, 4, 3, 2]),
    });
  } else if (settled + 15 * DAY < now) {
    await act(system, settled + 15 * DAY, requests.close_without_word, { id: told.id });
  }
}

async function takeOn(
  { chance, act, now }: Telling,
  { id, owner, reporter, at: told, due }: Told,
): Promise<number | undefined> {
  let at = told + (0.3 + chance.next() * 5) * HOUR;
  if (at >= now) return undefined;
  await act(owner, at, requests.accept_request, { id });
  if (chance.yes(0.12)) {
    at += 2 * HOUR;
    if (at >= now) return undefined;
    await act(owner, at, requests.ask_reporter, { id, question: chance.pick(QUESTIONS) });
    at += (4 + chance.next() * 20) * HOUR;
    if (at >= now) return undefined;
    await act(reporter, at, requests.reply_to_question, { id, text: chance.pick(REPLIES) });
  }
  if (chance.yes(0.1) && at + 3 * HOUR < now) {
    at += 3 * HOUR;
    await act(owner, at, requests.promise_answer, {
      id,
      due_at: new Date(Math.max(due, at) + 4 * DAY),
      reason: chance.pick(PROMISES),
    });
  }
  return at;
}

async function answer({ chance, act, now }: Telling, told: Told, from: number): Promise<number | undefined> {
  const room = Math.max(3 * HOUR, told.due - from);
  const at = chance.yes(0.13) ? told.due + (0.2 + chance.next() * 3) * DAY : from + room * (0.1 + chance.next() * 0.85);
  if (at >= now) return undefined;
  if (chance.yes(0.05)) {
    await act(told.owner, at, requests.refuse_request, { id: told.id, text: chance.pick(REFUSED) });
    return undefined;
  }
  const command = chance.yes(0.6) ? requests.finish_request : requests.answer_request;
  await act(told.owner, at, command as Command<unknown, unknown>, { id: told.id, text: told.answer });
  const settled = at + (0.3 + chance.next() * 4) * DAY;
  return settled < now ? settled : undefined;
}

async function reopen(
  { chance, act, now }: Telling,
  { id, owner, reporter, answer: words }: Told,
  from: number,
): Promise<number | undefined> {
  if (!chance.yes(0.08)) return from;
  await act(reporter, from, requests.reopen_request, { id, reason: chance.pick(NOT_SETTLED) });
  const again = from + (0.5 + chance.next() * 2) * DAY;
  if (again >= now) return undefined;
  await act(owner, again, requests.finish_request, { id, text: `又去看了。${words}` });
  const settled = again + (0.3 + chance.next() * 3) * DAY;
  return settled < now ? settled : undefined;
}

async function isOpen({ environment, community }: Telling, id: string): Promise<boolean> {
  const row = await environment.database
    .of(community.id)
    .selectFrom('requests')
    .select('closed_at')
    .where('community_id', '=', community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.closed_at === null;
}

const WEIGHTS: Record<string, number> = {
  repairs: 9,
  environment: 7,
  noise: 5,
  parking: 6,
  safety: 2,
  elder_care: 3,
  children: 2,
  health: 2,
  hardship: 1,
  dispute: 2,
  culture: 2,
  governance: 3,
};
const WEIGHTED = CATEGORIES.flatMap(([code]) => Array<string>(WEIGHTS[code] ?? 1).fill(code));

/** People tell things by day, most of them on weekdays. */
function workingMoment(at: number, chance: Chance): number {
  const day = Math.floor((at + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
  const moment = day + (7.5 + chance.next() * 13) * HOUR;
  return moment > at ? Math.max(moment - DAY, at - DAY) : moment;
}

export function actorOf(residents: Residents, ground: Ground, id: string): Actor {
  const roles = residents.staff
    .filter((one) => one.id === id)
    .map((one): Actor['roles'][number] => ({
      role: one.role as Actor['roles'][number]['role'],
      scope_kind: one.grid !== undefined ? 'grid' : one.organisation_id ? 'organisation' : 'community',
      scope_id: one.grid !== undefined ? ground.grid_ids[one.grid]! : (one.organisation_id ?? null),
    }));
  return { kind: 'person', id, roles };
}
