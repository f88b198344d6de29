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

type Told = { id: string; reporter: Actor; owner: Actor; category: string; at: number; answer: string; due: number };

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
  const chance = chanceOf('story', seed);
  let commands = 0;
  const act = <I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A> => {
    commands++;
    const id = idFrom(community.id, 'story', String(seed), String(commands));
    return perform(
      environment,
      { actor, community, id, via: 'command_line', now: new Date(Math.min(at, now.getTime())) },
      command,
      input,
    );
  };
  const staffById = new Map(residents.staff.map((one) => [one.id, actorOf(residents, ground, one.id)]));
  const desk = staffById.get(residents.staff.find((one) => one.role === 'desk_officer')!.id)!;
  const recent: Told[] = [];
  for (let i = 0; i < count; i++) {
    // More towards the end, so that there is something to do today.
    const age = (1 - Math.sqrt((i + 0.5) / count)) * 365 * DAY;
    const at = workingMoment(now.getTime() - age, chance);
    const told = await tell(i, at);
    const sibling = recent.find(
      (one) => one.category === told.category && told.at - one.at < 3 * DAY && one.reporter.id !== told.reporter.id,
    );
    if (sibling && chance.yes(0.12) && (await isOpen(sibling.id)) && now.getTime() - told.at > 2 * HOUR) {
      await act(desk, told.at + HOUR, requests.join_requests, {
        id: sibling.id,
        from_ids: [told.id],
        reason: '说的是同一件事，合在一起办。',
      });
      continue;
    }
    recent.unshift(told);
    recent.length = Math.min(recent.length, 30);
    await live(told);
  }
  return commands;

  async function tell(i: number, at: number): Promise<Told> {
    const category = chance.pick(WEIGHTED);
    const [text, answer] = chance.pick(TELLINGS[category]!);
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
    const owner = staffById.get(answered.owner_id) ?? desk;
    return { id: answered.id, reporter, owner, category, at, answer, due: new Date(answered.due_at).getTime() };
  }

  /** What became of it, as far as time has gone. */
  async function live(told: Told): Promise<void> {
    const { id, owner, reporter } = told;
    const before = (at: number) => at < now.getTime();
    let at = told.at + (0.3 + chance.next() * 5) * HOUR;
    if (!before(at)) return;
    await act(owner, at, requests.accept_request, { id });
    if (chance.yes(0.12)) {
      at += 2 * HOUR;
      if (!before(at)) return;
      await act(owner, at, requests.ask_reporter, { id, question: chance.pick(QUESTIONS) });
      at += (4 + chance.next() * 20) * HOUR;
      if (!before(at)) return;
      await act(reporter, at, requests.reply_to_question, { id, text: chance.pick(REPLIES) });
    }
    if (chance.yes(0.1) && before(at + 3 * HOUR)) {
      at += 3 * HOUR;
      await act(owner, at, requests.promise_answer, {
        id,
        due_at: new Date(Math.max(told.due, at) + 4 * DAY),
        reason: chance.pick(PROMISES),
      });
    }
    const isLate = chance.yes(0.13);
    const room = Math.max(3 * HOUR, told.due - at);
    at = isLate ? told.due + (0.2 + chance.next() * 3) * DAY : at + room * (0.1 + chance.next() * 0.85);
    if (!before(at)) return;
    if (chance.yes(0.05))
      return void (await act(owner, at, requests.refuse_request, { id, text: chance.pick(REFUSED) }));
    const command = chance.yes(0.6) ? requests.finish_request : requests.answer_request;
    await act(owner, at, command as Command<unknown, unknown>, { id, text: told.answer });
    at += (0.3 + chance.next() * 4) * DAY;
    if (!before(at)) return;
    if (chance.yes(0.08)) {
      await act(reporter, at, requests.reopen_request, { id, reason: chance.pick(NOT_SETTLED) });
      at += (0.5 + chance.next() * 2) * DAY;
      if (!before(at)) return;
      await act(owner, at, requests.finish_request, { id, text: `又去看了。${told.answer}` });
      at += (0.3 + chance.next() * 3) * DAY;
      if (!before(at)) return;
    }
    if (chance.yes(0.7)) {
      await act(reporter, at, requests.confirm_request, { id, stars: chance.pick([5, 5, 5, 4, 4, 3, 2]) });
    } else if (before(at + 15 * DAY)) {
      await act(system, at + 15 * DAY, requests.close_without_word, { id });
    }
  }

  async function isOpen(id: string): Promise<boolean> {
    const row = await environment.database
      .of(community.id)
      .selectFrom('requests')
      .select('closed_at')
      .where('community_id', '=', community.id)
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.closed_at === null;
  }
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

function actorOf(residents: Residents, ground: Ground, id: string): Actor {
  const roles = residents.staff
    .filter((one) => one.id === id)
    .map((one): Actor['roles'][number] => ({
      role: one.role as Actor['roles'][number]['role'],
      scope_kind: one.grid !== undefined ? 'grid' : one.organisation_id ? 'organisation' : 'community',
      scope_id: one.grid !== undefined ? ground.grid_ids[one.grid]! : (one.organisation_id ?? null),
    }));
  return { kind: 'person', id, roles };
}
