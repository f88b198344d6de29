import * as council from '#modules/council/index.ts';
import * as groups from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import type { Neighbourhood } from '#tests/factories.ts';

const both = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const POSTS = [
  ['chair', '理事长', 'Chair', 1, true],
  ['secretary_general', '秘书长', 'Secretary-general', 1, true],
  ['council_member', '理事', 'Council member', 8, false],
  ['supervisor', '监事', 'Supervisor', 1, false],
] as const;

export type Council = Awaited<ReturnType<typeof makeCouncil>>;

/** A council of a chair, a secretary-general and members (one of its eight seats is free), who show their names. */
export async function makeCouncil(town: Neighbourhood, members = 7) {
  const { environment, community, people } = town;
  const db = environment.database.of(community.id);
  const clock = () => environment.clock();
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now = clock(), id?: string) =>
    perform(environment, { actor, community, via: 'test', now, id }, command, input);
  const addPerson = async (public_name: string | null): Promise<Actor> => {
    const id = newId();
    const sealed = await db
      .selectFrom('people')
      .select(['name_sealed', 'name_masked', 'name_fingerprint'])
      .where('id', '=', people.resident.id)
      .executeTakeFirstOrThrow();
    const row = { ...sealed, community_id: community.id, id, public_name, created_at: clock(), created_by_id: id };
    await db.insertInto('people').values(row).execute();
    return { kind: 'person', id, roles: [] };
  };
  const { id } = await act(people.administrator, groups.write_organisation, {
    kind: 'council',
    names: both('共治理事会', 'Co-governance Council'),
  });
  const seated: Record<string, Actor[]> = {};
  const posts: Record<string, string> = {};
  for (const [position, [code, zh, en, seats, speaks_for]] of POSTS.entries()) {
    const post = { organisation_id: id, code, names: both(zh, en), seats, speaks_for, position, term_months: 36 };
    const { id: post_id } = await act(people.administrator, groups.write_post, post);
    posts[code] = post_id;
    seated[code] = [];
    for (let seat = 1; seat <= (code === 'council_member' ? members : 1); seat++) {
      const person = await addPerson(`${zh}${seat}`);
      await act(people.administrator, groups.start_term, { post_id, person_id: person.id });
      seated[code].push(person);
    }
  }
  const [chair, secretary, supervisor] = ['chair', 'secretary_general', 'supervisor'].map(
    (code) => seated[code]![0]!,
  ) as [Actor, Actor, Actor];
  const everybody = [chair, secretary, ...seated.council_member!];
  const DAY = 86_400_000;
  return {
    ...{ id, posts, chair, secretary, supervisor, members: seated.council_member!, everybody, act, addPerson },
    /** A meeting that was called a week ago for now, with one item. */
    async call() {
      const [began, now] = [new Date(clock().getTime() - 7 * DAY), clock()];
      const plan = { organisation_id: id, titles: both('三月例会', 'March meeting'), place_text: '荷塘里活动室' };
      const times = { starts_at: now, ends_at: new Date(now.getTime() + DAY / 12) };
      const { id: meeting_id } = await act(secretary, council.plan_meeting, { ...plan, ...times }, began);
      const item = { meeting_id, titles: both('电动车充电', 'Charging e-bikes') };
      const { id: item_id } = await act(secretary, council.add_agenda_item, item, began);
      await act(secretary, council.call_meeting, { id: meeting_id }, began);
      return { meeting_id, item_id };
    },
    /** Such a meeting, opened with so many in the room (the chair first). */
    async open(present = everybody.length) {
      const called = await this.call();
      const present_ids = everybody.slice(0, present).map((one) => one.id);
      await act(secretary, council.open_meeting, { id: called.meeting_id, chair_id: chair.id, present_ids });
      return called;
    },
    /** A motion that is moved by the first member and seconded by the second. */
    async motion(of: { meeting_id: string; item_id: string }, more: object = {}) {
      const [mover, other] = seated.council_member as [Actor, Actor];
      const { id: motion_id } = await act(mover, council.move_motion, {
        ...{ meeting_id: of.meeting_id, agenda_item_id: of.item_id, title: '建充电棚' },
        ...{ text: '在三栋北侧建充电棚，二十个位子。', ...more },
      });
      await act(other, council.second_motion, { id: motion_id });
      return motion_id;
    },
    /** Puts a motion to an open vote, everybody votes by the letters (y, n, a), the chair first, and closes it. */
    async vote(motion_id: string, letters: string) {
      const { id } = await act(secretary, council.open_vote, { motion_id });
      const options = { y: 'yes', n: 'no', a: 'abstain' } as const;
      for (const [i, letter] of [...letters].entries())
        await act(everybody[i]!, council.cast_vote, { vote_event_id: id, option: options[letter as 'y'] });
      return act(secretary, council.close_vote, { id });
    },
  };
}
