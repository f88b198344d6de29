import * as letters from '#modules/letters/index.ts';
import { answer_claim, give_consent } from '#modules/people/index.ts';
import { maskPhone, phoneFingerprint } from '#platform/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import { seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import type { Ground } from './ground.ts';
import type { Residents } from './residents.ts';

const DAY = 86_400_000;
const DELIVERED = 40;

const TITLES = { 'zh-CN': '给您的一封家书', en: 'A letter home' };
const TEXTS = {
  'zh-CN':
    '{address}的邻居：\n见字如面。我是您家所在网格的{worker}。这些日子我会上门坐一坐，听听您需要什么，也听听您想为大家做点什么。能当场办的当场办；办不了的，告诉您谁来办、哪天给回音。\n想说的话写在下面空白处，下次敲门时交给我。{until}前用下面的认领码，您就是{community}核实过的居民。',
  en: 'To our neighbours at {address}: I am {worker} of your grid. I will call on you in these days to hear what you need and what you would like to do. What can be done at once will be; for the rest you hear who does it and by when. Write back below. Until {until} the code below makes you a verified resident of {community}.',
};
const REPLIES: readonly (readonly [reply: string, answer?: string])[] = [
  ['谢谢来看我，敲门的时候请大声一点。', '记下了，下次一定敲响些。'],
  ['楼道里能不能放一把椅子，歇歇脚。', '已经和楼组长商量，这个月放上。'],
  ['我会修钟表，谁家要修可以找我。'],
];

/** A home letter to one grid, some weeks ago: delivered to some, claimed by some, in each state a claim can have. */
export async function writeLetters(
  environment: Environment,
  community: Community,
  ground: Ground,
  residents: Residents,
  seed: number,
  now: Date,
): Promise<number> {
  let commands = 0;
  const act = <I, A>(actor: Actor, days: number, command: Command<I, A>, input: unknown): Promise<A> => {
    const id = idFrom(community.id, 'letters', String(seed), String(commands++));
    const at = new Date(now.getTime() - days * DAY);
    return perform(environment, { actor, community, id, via: 'command_line', now: at }, command, input);
  };
  const staff = (role: 'desk_officer' | 'grid_worker'): Actor => ({
    ...{ kind: 'person', id: residents.staff.find((one) => one.role === role)!.id },
    roles: [{ role, scope_kind: 'community', scope_id: null }],
  });
  const [desk, worker] = [staff('desk_officer'), staff('grid_worker')];
  const { id } = await act(desk, 14, letters.write_campaign, {
    ...{ titles: TITLES, texts: TEXTS, valid_days: 60, grid_ids: [ground.grid_ids[0]] },
  });
  await act(desk, 13, letters.print_campaign, { id });
  const codes = new Map<string, string>();
  for await (const pages of letters.lettersForPrint(environment, community, id))
    for (const page of pages) codes.set(page.id, page.code);
  const caller = { actor: desk, community, via: 'command_line' };
  const shown = await ask(environment, caller, letters.show_campaign, { id, limit: DELIVERED });
  for (const [i, letter] of shown.letters.entries()) {
    const how = i % 5 === 4 ? 'in_letterbox' : 'at_knock';
    await act(worker, 10, letters.deliver_letter, { letter_id: letter.id, how });
    if (i % 3 === 0) await claimWith(letter.household_id, codes.get(letter.id)!, i);
    const reply = i % 8 === 1 ? REPLIES[Math.floor(i / 8) % REPLIES.length] : undefined;
    if (!reply) continue;
    const written = await act(worker, 8, letters.record_reply, { letter_id: letter.id, text: reply[0] });
    if (reply[1]) await act(desk, 6, letters.answer_reply, { id: written.id, answer: reply[1] });
  }
  return commands;

  /** Claimed by one; by a second who waits, and whom some households do not know. */
  async function claimWith(household_id: string, code: string, i: number): Promise<void> {
    const door = ground.households.findIndex((one) => one.id === household_id);
    const [first, second] = residents.ids
      .filter((_id, r) => residents.household_of[r] === door)
      .map((one): Actor => ({ kind: 'person', id: one, roles: [] }));
    if (!first || !second) return;
    await letSignIn(environment, community, [first.id, second.id], now);
    const claim = (actor: Actor, days: number) =>
      act(actor, days, letters.claim_home, { code, name: '住户', born_in_year: 1970 });
    const answering = (await claim(first, 7)).outcome === 'verified';
    await act(first, 7, give_consent, { purpose: i % 2 ? 'activity_news' : 'care_visits', text_version: 1 });
    if (i % 2 === 0 || (await claim(second, 5)).outcome !== 'waiting' || !answering) return;
    const home = await environment.database
      .of(community.id)
      .selectFrom('household_members')
      .select(['id', 'verified_at'])
      .where('community_id', '=', community.id)
      .where('person_id', '=', second.id)
      .where('household_id', '=', household_id)
      .executeTakeFirst();
    // Only somebody with a sign-in can be said to live there; the invented have none, so they are contested or wait.
    if (home && !home.verified_at && i % 8 === 3)
      await act(first, 3, answer_claim, { member_id: home.id, lives_here: false });
  }
}

/** Whoever claims signs in by a phone of their own: invented numbers that nobody has. */
async function letSignIn(environment: Environment, community: Community, ids: string[], now: Date): Promise<void> {
  const database = environment.database.of(community.id);
  const without = await database
    .selectFrom('people')
    .select('id')
    .where('community_id', '=', community.id)
    .where('id', 'in', ids)
    .where('login_id', 'is', null)
    .execute();
  for (const person of without) {
    const id = idFrom(community.id, 'login', person.id);
    const phone = `+86154${String(1_000_000 + (Number.parseInt(id.slice(0, 8), 16) % 8_000_000)).padStart(8, '0')}`;
    const phone_sealed = seal(environment.keys, `logins/phone/${id}`, phone);
    const phone_fingerprint = phoneFingerprint(environment, phone);
    const login = { id, created_at: now, phone_masked: maskPhone(phone), phone_fingerprint, phone_sealed };
    await database.insertInto('logins').values(login).execute();
    const mine = database.updateTable('people').set({ login_id: id }).where('community_id', '=', community.id);
    await mine.where('id', '=', person.id).execute();
  }
}
