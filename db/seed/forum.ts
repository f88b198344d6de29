import type pg from 'pg';
import * as forum from '#modules/forum/index.ts';
import { set_preferences } from '#modules/people/index.ts';
import * as requests from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import { type Chance, chanceOf } from './chance.ts';
import { writeOpinions } from './forum_opinions.ts';
import { HIDDEN_SPEECH, OPEN_TOPICS, PAST_TOPICS, type ToldTopic, type Voice } from './forum_texts.ts';
import type { Scale } from './geography.ts';
import type { Ground } from './ground.ts';
import type { Groups } from './groups.ts';
import type { Residents } from './residents.ts';
import { lookForPeople } from './scouting.ts';
import { actorOf } from './story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EVERY = 28 * DAY;
const VOICES = 14;
const LISTENERS = 22;
const PLACES = ['社区服务中心一楼茶室', '三号楼楼道客厅', '广场长廊（下雨改活动室）'];

type Telling = {
  client: pg.ClientBase;
  community: Community;
  chance: Chance;
  now: number;
  secretary: Actor;
  desk: Actor;
  ownerOf(id: string): Actor;
  voice(who: Voice): Actor;
  /** Who was there and marks what hits the point. */
  listeners: readonly string[];
  marks: Row[];
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
};

/**
 * A year of Morning Tea: every four weeks a session with its speaking list and minutes, a topic that grew from a need and
 * what came of it, one speech hidden with its reason, and two topics for next Saturday. The same seed tells the same year.
 */
export async function writeForum(
  client: pg.ClientBase,
  environment: Environment,
  community: Community,
  ground: Ground,
  residents: Residents,
  groups: Groups,
  scale: Scale,
  seed: number,
  now: Date,
): Promise<number> {
  let commands = 0;
  const ownerOf = (id: string) => actorOf(residents, ground, id);
  const staffed = (role: string) => ownerOf(residents.staff.find((one) => one.role === role)!.id);
  const { voices, listeners } = chooseVoices(residents, groups, seed);
  const worker = staffed('grid_worker');
  const telling: Telling = {
    ...{ client, community, listeners, ownerOf, marks: [], now: now.getTime() },
    ...{ chance: chanceOf('forum', seed), secretary: staffed('secretary'), desk: staffed('desk_officer') },
    voice: (who) =>
      who === 'secretary' ? telling.secretary : who === 'worker' ? worker : voices[who === 'old_hand' ? 0 : who + 1]!,
    act(actor, at, command, input) {
      const id = idFrom(community.id, 'forum', String(seed), String(++commands));
      return perform(environment, { actor, community, id, via: 'command_line', now: new Date(at) }, command, input);
    },
  };
  await client.query("select set_config('app.community_id', $1, false)", [community.id]);
  for (const actor of voices) await telling.act(actor, telling.now - 370 * DAY, set_preferences, { shows_name: true });
  const next = nextSaturday(telling.now);
  for (const [i, topic] of PAST_TOPICS.entries())
    await tellPast(telling, topic, next - (PAST_TOPICS.length - i) * EVERY, i);
  const session = await plan(telling, OPEN_TOPICS[0]!, next, PAST_TOPICS.length);
  for (const [i, topic] of OPEN_TOPICS.entries()) {
    const from = waking(telling.now - (5 - i) * DAY);
    const id = await talk(telling, topic, i < 2 ? session : undefined, from, telling.now - HOUR);
    if (i === 0) await writeOpinions({ ...telling, residents }, id, scale, seed, from + HOUR, telling.now - HOUR);
  }
  await insertRows(client, 'speech_marks', telling.marks);
  await lookForPeople(telling);
  return commands;
}

/** The council's secretary-general first: the retired man whose speeches kept hitting the point. Then residents without a post. */
function chooseVoices(residents: Residents, groups: Groups, seed: number) {
  const chance = chanceOf('voices', seed);
  const posted = new Set([...groups.council.map((one) => one.person_id), ...groups.leads.values()]);
  const some = residents.ids.filter((id, i) => i > 20 && i % 5 < 2 && !posted.has(id));
  // The third of a household is a child, who neither speaks here nor agrees to anything alone.
  const { household_of } = residents;
  const children = new Set(residents.ids.filter((_id, i) => i > 1 && household_of[i] === household_of[i - 2]));
  const chosen = new Set<string>([residents.ids[0]!]);
  while (chosen.size < VOICES + LISTENERS) {
    const id = chance.pick(some);
    if (!children.has(id)) chosen.add(id);
  }
  const [first, ...others] = [...chosen];
  const old_hand = groups.council.find((one) => one.code === 'secretary_general')!.person_id;
  const ids = [old_hand, ...others.slice(0, VOICES - 1), first!];
  return {
    voices: ids.map((id): Actor => ({ kind: 'person', id, roles: [] })),
    listeners: [...ids, ...others.slice(VOICES - 1)],
  };
}

/** The instant itself by day; in the night the next morning, in the order in which it was. */
function waking(at: number): number {
  const hour = ((at + 8 * HOUR) % DAY) / HOUR;
  return hour >= 7 && hour < 22.5 ? at : at + (((31 - hour) % 24) + ((hour + 2) % 24) / 10) * HOUR;
}

/** Nine in the morning of the first Saturday to come, on China's clocks. */
function nextSaturday(now: number): number {
  const day = Math.floor((now + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
  for (let at = day + 9 * HOUR; ; at += DAY) if (at > now && new Date(at + 8 * HOUR).getUTCDay() === 6) return at;
}

async function plan({ act, secretary, now }: Telling, topic: ToldTopic, at: number, i: number): Promise<string> {
  const date = new Date(at + 8 * HOUR);
  const month = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  const { id } = await act(secretary, Math.min(at - 14 * DAY, now), forum.write_session, {
    titles: { 'zh-CN': `${date.getUTCMonth() + 1}月早茶会 · ${topic.zh}`, en: `Morning Tea in ${month}: ${topic.en}` },
    about: {
      'zh-CN': '有茶有座，先听后说，每人三分钟。',
      en: 'Tea and chairs; first listen, then speak, three minutes each.',
    },
    ...{ held: 'on_site', place_text: PLACES[i % PLACES.length] },
    ...{ starts_at: new Date(at), ends_at: new Date(at + 2 * HOUR), speech_seconds: 180 },
  });
  return id;
}

async function tellPast(telling: Telling, topic: ToldTopic, at: number, i: number): Promise<void> {
  const { act, secretary, chance } = telling;
  const session_id = await plan(telling, topic, at, i);
  const topic_id = await talk(telling, topic, session_id, at - 6 * DAY, at + 3 * DAY + 11 * HOUR);
  await act(secretary, at, forum.open_session, { id: session_id });
  const said = new Map(topic.minutes);
  const speakers = [...new Set([...said.keys(), ...topic.speeches.map(([who]) => who)])].filter(
    (who) => who !== 'secretary',
  );
  const turns = new Map<Voice, string>();
  for (const [k, who] of speakers.entries()) {
    const { id } = await act(telling.voice(who), at + k * MINUTE, forum.ask_to_speak, { session_id, topic_id });
    turns.set(who, id);
  }
  let clock = at + 10 * MINUTE;
  for (const who of speakers) {
    await act(secretary, clock, forum.call_next, { id: session_id });
    clock += (70 + chance.below(140)) * 1_000;
    const text = said.get(who);
    if (!text) continue;
    const { id } = await act(secretary, clock, forum.write_minutes, { session_id, turn_id: turns.get(who), text });
    if (i === 0 && who === 'old_hand')
      await act(telling.voice(who), clock + DAY, forum.correct_minutes, {
        ...{
          id,
          expected_version: 1,
          text: text.replace('，原因是', '，多半因为'),
          reason: '我说的是“多半”，不是每次。',
        },
      });
  }
  await act(secretary, clock, forum.call_next, { id: session_id });
  const own = said.get('secretary');
  if (own) await act(secretary, clock, forum.write_minutes, { session_id, text: own });
  await act(secretary, at + 100 * MINUTE, forum.close_session, { id: session_id });
  await conclude(telling, topic, topic_id, at + 4 * DAY);
}

/** A topic is raised, from its need when there is one, and spoken about; what is somebody's first waits for the desk. */
async function talk(telling: Telling, topic: ToldTopic, session_id: string | undefined, from: number, until: number) {
  const { act, voice, desk, chance } = telling;
  const approve = (kind: 'topic' | 'speech', id: string, at: number) =>
    act(desk, at + 20 * MINUTE, forum.moderate, { subject: { kind, id }, step: 'approve', rule: 'fits' });
  const need = topic.need ? await needBefore(telling, topic.need, from) : undefined;
  const { id, state } = await act(voice(topic.by), from, forum.raise_topic, {
    ...{ title: topic.zh, text: topic.text, session_id },
    from: need && { kind: 'request', id: need },
  });
  if (state === 'waiting') await approve('topic', id, from);
  const speeches: string[] = [];
  const pause = (until - from) / (topic.speeches.length + 1);
  for (const [i, [who, text, answers, quote]] of topic.speeches.entries()) {
    const at = Math.min(waking(from + Math.round(pause * (i + 0.4 + chance.next() * 0.5))), until);
    const reply_to_id = answers === undefined ? undefined : speeches[answers];
    const speech = await act(voice(who), at, forum.give_speech, { topic_id: id, text, reply_to_id, quote });
    if (speech.state === 'waiting') await approve('speech', speech.id, at);
    speeches.push(speech.id);
    mark(telling, speech.id, who, at, until);
  }
  if (topic.zh === HIDDEN_SPEECH.topic) await hide(telling, id, until);
  return id;
}

function mark(
  { chance, listeners, community, marks, voice }: Telling,
  speech_id: string,
  who: Voice,
  from: number,
  until: number,
) {
  const likes = who === 'old_hand' ? 0.45 : who === 10 || who === 9 ? 0.28 : 0.1;
  for (const person_id of listeners)
    if (person_id !== voice(who).id && chance.yes(likes)) {
      const marked_at = new Date(from + chance.next() * (until - from));
      marks.push({ community_id: community.id, speech_id, person_id, marked_at });
    }
}

async function hide({ act, voice, desk }: Telling, topic_id: string, at: number): Promise<void> {
  const { id, state } = await act(voice(HIDDEN_SPEECH.by), at, forum.give_speech, {
    topic_id,
    text: HIDDEN_SPEECH.words,
  });
  const subject = { kind: 'speech', id };
  if (state === 'waiting') await act(desk, at + MINUTE, forum.moderate, { subject, step: 'approve', rule: 'fits' });
  const step = { subject, step: 'hide', rule: 'insult', reason: HIDDEN_SPEECH.reason };
  await act(desk, at + 2 * HOUR, forum.moderate, step);
}

/** The last public need that begins with these words and was told before. */
async function needBefore({ client, community }: Telling, words: string, at: number): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select id from requests where community_id = $1 and is_public and starts_with(text, $2) and submitted_at < $3
     order by submitted_at desc, id limit 1`,
    [community.id, words, new Date(at)],
  );
  return rows[0]?.id;
}

async function conclude(telling: Telling, topic: ToldTopic, id: string, at: number): Promise<void> {
  const { act, secretary } = telling;
  const { summary, became } = topic;
  if (became === 'request') {
    const became_id = await becomeRequest(telling, topic, at);
    await act(secretary, at, forum.conclude_topic, { id, summary, outcome: 'request', became_id });
    return;
  }
  const grown = became && (await grownFrom(telling, became));
  if (grown) {
    const { kind, ...thing } = grown;
    const then = Math.max(at, thing.at.getTime() + HOUR);
    await act(secretary, then, forum.conclude_topic, { id, summary, outcome: kind, became_id: thing.id });
  } else await act(secretary, at, forum.conclude_topic, { id, summary, outcome: 'nothing' });
}

/** The idea enters as a request of the secretary's, and is done by whoever answers for it. */
async function becomeRequest({ act, secretary, ownerOf }: Telling, topic: ToldTopic, at: number): Promise<string> {
  const told = { kind: 'idea', intake: 'web', wants_public: true, category: { code: 'governance' } };
  const { id, owner_id } = await act(secretary, at, requests.submit_request, {
    ...told,
    text: `${topic.zh}\n${topic.summary}`,
  });
  const owner = ownerOf(owner_id);
  await act(owner, at + 3 * HOUR, requests.accept_request, { id });
  await act(owner, at + 3 * DAY, requests.finish_request, { id, text: '照早茶会说定的做了，告示贴在单元门口。' });
  await act(secretary, at + 5 * DAY, requests.confirm_request, { id, stars: 5 });
  return id;
}

type Grown = { kind: 'motion' | 'proposal'; id: string; at: Date };

/** The motion or proposal that a topic became, when the council's or the venture's year has one. */
async function grownFrom(
  { client, community }: Telling,
  became: { motion: string } | { proposal: string },
): Promise<Grown | undefined> {
  const { rows } = await client.query<Grown>(
    'motion' in became
      ? `select 'motion' as kind, id, moved_at as at from motions where community_id = $1 and title ~ $2 and amends_id is null
     order by moved_at, id limit 1`
      : `select 'proposal' as kind, id, created_at as at from proposals where community_id = $1 and title ~ $2 and state = 'admitted'
     order by created_at, id limit 1`,
    [community.id, 'motion' in became ? became.motion : became.proposal],
  );
  return rows[0];
}
