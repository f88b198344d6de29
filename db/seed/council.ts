import * as council from '#modules/council/index.ts';
import * as requests from '#modules/requests/index.ts';
import { hashPassword } from '#platform/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { type Chance, chanceOf } from './chance.ts';
import { COMING_MEETING, PAST_MEETINGS, type ToldMeeting, type ToldMotion } from './council_texts.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import type { Groups } from './groups.ts';
import { PASSWORD, type Residents, type SignIn } from './residents.ts';
import { actorOf } from './story.ts';
import { codeFrom } from './venture.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Days before today of the past meetings; the second is before the finished venture round takes proposals. */
const PAST = [214, 158, 24];
/** Of a hundred members so many come: everybody's vote is a command, and at full size there are forty of them. */
const COME = { small: 85, full: 60 } as const;

type Telling = {
  environment: Environment;
  community: Community;
  residents: Residents;
  chance: Chance;
  council_id: string;
  chair: Actor;
  secretary: Actor;
  /** Who came, the chair and the secretary-general first. */
  present: Actor[];
  today: number;
  actorOf(id: string): Actor;
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
};
type Sitting = { meeting_id: string; at: number; clock: number };

/**
 * Three meetings of the council and one that is called: motions that grew from needs, an amendment, an interest, a secret
 * vote, a ruling, and resolutions that are done, running and late. The same seed tells the same.
 */
export async function writeCouncil(
  environment: Environment,
  community: Community,
  { ground, residents, groups }: { ground: Ground; residents: Residents; groups: Groups },
  scale: Scale,
  seed: number,
  now: Date,
): Promise<number> {
  let commands = 0;
  const holders = (code: string) =>
    groups.council
      .filter((one) => one.code === code)
      .map((one): Actor => ({ kind: 'person', id: one.person_id, roles: [] }));
  const [chair, secretary] = [holders('chair')[0]!, holders('secretary_general')[0]!];
  const members = [...holders('vice_chair'), ...holders('council_member')];
  const seats = members.length + 2;
  const telling: Telling = {
    ...{ environment, community, residents, council_id: groups.council_id, chair, secretary },
    chance: chanceOf('council', seed),
    present: [chair, secretary, ...members.slice(0, Math.ceil((seats * COME[scale]) / 100) - 2)],
    today: Math.floor((now.getTime() + 8 * HOUR) / DAY) * DAY - 8 * HOUR,
    actorOf: (id) => actorOf(residents, ground, id),
    act(actor, at, command, input) {
      const id = idFrom(community.id, 'council', String(seed), String(++commands));
      const caller = { actor, community, id, via: 'command_line', now: new Date(Math.min(at, now.getTime())) };
      return perform(environment, caller, command, input);
    },
  };
  for (const [i, meeting] of PAST_MEETINGS.entries())
    await tellMeeting(telling, meeting, evening(telling.today - PAST[i]! * DAY), i < PAST_MEETINGS.length - 1);
  await callNext(telling, evening(telling.today + 10 * DAY));
  return commands;
}

/** Seven in the evening of the Thursday of that week or the one before, on China's clocks. */
function evening(day: number): number {
  const weekday = new Date(day + 8 * HOUR).getUTCDay();
  return day - ((weekday + 3) % 7) * DAY + 19 * HOUR;
}

async function plan(telling: Telling, told: ToldMeeting, at: number, called: number) {
  const { act, secretary, council_id } = telling;
  const { id: meeting_id } = await act(secretary, called - DAY, council.plan_meeting, {
    ...{ organisation_id: council_id, titles: told.titles, place_text: '社区服务中心二楼议事厅' },
    ...{ starts_at: new Date(at), ends_at: new Date(at + 2 * HOUR) },
  });
  const items: string[] = [];
  for (const { titles, paper } of told.items) {
    const { id } = await act(secretary, called - DAY, council.add_agenda_item, { meeting_id, titles });
    items.push(id);
    if (paper)
      await act(secretary, called - HOUR, council.attach_paper, {
        ...{ meeting_id, agenda_item_id: id, title: paper[0], text: paper[1] },
      });
  }
  await act(secretary, called, council.call_meeting, { id: meeting_id });
  return { meeting_id, items };
}

async function tellMeeting(telling: Telling, told: ToldMeeting, at: number, isPublished: boolean): Promise<void> {
  const { act, chair, secretary, present } = telling;
  const { meeting_id, items } = await plan(telling, told, at, at - 7 * DAY);
  const present_ids = present.map((one) => one.id);
  await act(secretary, at, council.open_meeting, { id: meeting_id, chair_id: chair.id, present_ids });
  const sitting = { meeting_id, at, clock: at + 5 * MINUTE };
  for (const [i, item] of told.items.entries()) {
    const agenda_item_id = items[i]!;
    for (const texts of item.minutes) {
      sitting.clock += 4 * MINUTE;
      await act(secretary, sitting.clock, council.write_meeting_minutes, { meeting_id, agenda_item_id, texts });
    }
    for (const motion of item.motions) await tellMotion(telling, sitting, agenda_item_id, motion);
  }
  await act(secretary, at + 115 * MINUTE, council.close_meeting, { id: meeting_id });
  await act(chair, at + 2 * DAY, council.adopt_minutes, { id: meeting_id });
  if (isPublished) await act(secretary, at + 3 * DAY, council.publish_minutes, { id: meeting_id });
}

async function tellMotion(telling: Telling, sitting: Sitting, agenda_item_id: string, told: ToldMotion): Promise<void> {
  const { act, chair, secretary, present, chance } = telling;
  const { meeting_id } = sitting;
  const [mover, seconder, third] = [2, 3, 4].map(
    (i) => present[(i + chance.below(present.length - 2)) % present.length]!,
  );
  const other = seconder === mover ? secretary : seconder!;
  const need = told.need && (await needBefore(telling, told.need, sitting.at));
  const tick = () => {
    sitting.clock += 2 * MINUTE;
    return sitting.clock;
  };
  const { title, text, majority, ballot } = told;
  const from = need ? { kind: 'request', id: need } : undefined;
  const motion = { meeting_id, agenda_item_id, title, text, majority, ballot, from };
  const { id } = await act(mover!, tick(), council.move_motion, motion);
  if (told.ruled_out) {
    const ruling = { meeting_id, motion_id: id, rules_out: true, texts: told.ruled_out };
    await act(chair, tick(), council.make_ruling, ruling);
    return;
  }
  await act(other, tick(), council.second_motion, { id });
  const interested = told.interest ? present.findLast((one) => one !== mover && one !== other) : undefined;
  if (interested)
    await act(interested, tick(), council.declare_interest, {
      ...{ meeting_id, agenda_item_id, motion_id: id, reason: told.interest },
    });
  if (told.amendment) {
    const by = third === other ? chair : third!;
    const amendment = await act(by, tick(), council.move_amendment, { motion_id: id, ...told.amendment });
    await act(by === other ? mover! : other, tick(), council.second_motion, { id: amendment.id });
    await vote(telling, amendment.id, { ...told, yes: 78, no: 12, ballot: undefined }, tick, interested);
  }
  const { result } = await vote(telling, id, told, tick, interested);
  if (result === 'pass' && told.resolution) await resolve(telling, sitting, id, told.resolution);
}

async function vote(
  { act, chance, present, secretary }: Telling,
  motion_id: string,
  { yes, no, ballot }: Pick<ToldMotion, 'yes' | 'no' | 'ballot'>,
  tick: () => number,
  interested?: Actor,
) {
  const { id: vote_event_id } = await act(secretary, tick(), council.open_vote, { motion_id });
  const at = tick();
  for (const voter of present.filter((one) => one !== interested)) {
    const drawn = chance.below(100);
    const option = drawn < yes ? 'yes' : drawn < yes + no ? 'no' : 'abstain';
    if (ballot === 'secret') {
      const receipt_code = codeFrom(`${vote_event_id}/${voter.id}`);
      await act(voter, at, council.cast_secret_vote, { vote_event_id, option, receipt_code });
    } else await act(voter, at, council.cast_vote, { vote_event_id, option });
  }
  return act(secretary, tick(), council.close_vote, { id: vote_event_id });
}

type ToldResolution = NonNullable<ToldMotion['resolution']>;

/** What was resolved goes to its owner, who takes it on and, where the story says so, gets it done; the writer confirms. */
async function resolve(telling: Telling, sitting: Sitting, motion_id: string, told: ToldResolution): Promise<void> {
  const { act, secretary, community, today } = telling;
  const { titles, texts, category, due, done } = told;
  const due_at = 'after_meeting' in due ? sitting.at + due.after_meeting * DAY : today + due.from_today * DAY;
  const adopted = await act(secretary, sitting.clock + MINUTE, council.adopt_resolution, {
    ...{ motion_id, titles, texts, category, owner: await ownerOf(telling, told.owner) },
    due_on: dateIn(community.time_zone, new Date(due_at)),
  });
  const id = adopted.request_id;
  const row = await database(telling)
    .selectFrom('requests')
    .select('owner_id')
    .where('community_id', '=', community.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const owner = row.owner_id === secretary.id ? secretary : telling.actorOf(row.owner_id!);
  await act(owner, sitting.at + 14 * HOUR, requests.accept_request, { id });
  if (done) {
    await act(owner, sitting.at + done[1] * DAY, requests.finish_request, { id, text: done[0] });
    await act(secretary, sitting.at + (done[1] + 2) * DAY, requests.confirm_request, { id, stars: 5 });
  }
  if (told.proposal) await linkProposal(telling, adopted.id, told.proposal, sitting.at);
}

const database = ({ environment, community }: Telling) => environment.database.of(community.id);

async function ownerOf(telling: Telling, owner: ToldResolution['owner']) {
  const { community, council_id, residents } = telling;
  const handled = new Set(residents.staff.filter((one) => one.role === 'handler').map((one) => one.organisation_id));
  const company = residents.organisations.find((one) => one.kind === owner && handled.has(one.id));
  if (company) return { organisation_id: company.id };
  const post = await database(telling)
    .selectFrom('posts')
    .select('id')
    .where('community_id', '=', community.id)
    .where('organisation_id', '=', council_id)
    .where('code', '=', 'secretary_general')
    .executeTakeFirstOrThrow();
  return { post_id: post.id };
}

/** The proposal of the venture's year that the resolution led to. */
async function linkProposal(telling: Telling, resolution_id: string, words: string, after: number): Promise<void> {
  const community_id = telling.community.id;
  const proposal = await database(telling)
    .selectFrom('proposals')
    .select(['id', 'created_at'])
    .where('community_id', '=', community_id)
    .where('title', 'like', `%${words}%`)
    .where('created_at', '>', new Date(after))
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  if (!proposal) return;
  const [from, to] = [
    { from_kind: 'resolution', from_id: resolution_id },
    { to_kind: 'proposal', to_id: proposal.id },
  ];
  const link = { community_id, ...from, relation: 'became_proposal', ...to, at: proposal.created_at };
  await database(telling).insertInto('links').values(link).execute();
}

/** The last public need that begins with these words and was told before. */
async function needBefore(telling: Telling, words: string, at: number): Promise<string | undefined> {
  const row = await database(telling)
    .selectFrom('requests')
    .select('id')
    .where('community_id', '=', telling.community.id)
    .where('is_public', '=', true)
    .where('text', 'like', `${words}%`)
    .where('submitted_at', '<', new Date(at))
    .orderBy('submitted_at', 'desc')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

/** The next meeting is called, with a motion that waits for a seconder. */
async function callNext(telling: Telling, at: number): Promise<void> {
  const { act, present, today } = telling;
  const { meeting_id, items } = await plan(telling, COMING_MEETING, at, today - 2 * DAY + 10 * HOUR);
  for (const [i, { motions }] of COMING_MEETING.items.entries())
    for (const { title, text, need } of motions) {
      const known = need && (await needBefore(telling, need, today));
      const from = known ? { kind: 'request', id: known } : undefined;
      const motion = { meeting_id, agenda_item_id: items[i], title, text, from };
      await act(present[3]!, today - DAY + 9 * HOUR, council.move_motion, motion);
    }
}

/** The chair and the secretary-general sign in by name and password, so that whoever tries the demonstration can hold a meeting. */
export async function letCouncilSignIn(
  environment: Environment,
  community: Community,
  groups: Groups,
  now: Date,
): Promise<SignIn[]> {
  const db = environment.database.of(community.id);
  const password_hash = await hashPassword(PASSWORD);
  const sign_ins: SignIn[] = [];
  for (const role of ['chair', 'secretary_general']) {
    const { person_id } = groups.council.find((one) => one.code === role)!;
    const login_id = idFrom(community.id, 'login', role);
    const mine = db.updateTable('people').set({ login_id }).where('community_id', '=', community.id);
    await db.insertInto('logins').values({ id: login_id, created_at: now, login_name: role, password_hash }).execute();
    await mine.where('id', '=', person_id).execute();
    const { public_name } = await db
      .selectFrom('people')
      .select('public_name')
      .where('community_id', '=', community.id)
      .where('id', '=', person_id)
      .executeTakeFirstOrThrow();
    sign_ins.push({ role, name: public_name ?? role, phone: '', login_name: role, password: PASSWORD });
  }
  return sign_ins;
}
