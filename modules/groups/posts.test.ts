import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as groups from './index.ts';
import { endOfTerm, freeSeat, stateOfTerm } from './post.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now?: Date) =>
  perform(town.environment, { actor, community: town.community, via: 'test', now }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);
const names = (zh: string) => ({ 'zh-CN': zh, en: `The ${zh}` });
const organisation = async (zh: string, kind = 'club') =>
  (await act(town.people.administrator, groups.write_organisation, { kind, names: names(zh) })).id;
const post = async (organisation_id: string, more: object = {}) =>
  (
    await act(town.people.administrator, groups.write_post, {
      ...{ organisation_id, code: 'chair', names: names('理事长') },
      ...more,
    })
  ).id;
const shown = (id: string, actor: Actor = visitor) => see(actor, groups.show_organisation, { id });

describe('the end of a term', () => {
  const table: [from: string, months: number | null, to: string | null][] = [
    ['2026-01-01', 12, '2026-12-31'],
    ['2026-03-15', 24, '2028-03-14'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-05-01', null, null],
  ];
  for (const [from, months, to] of table)
    it(`${from} and ${months} months: ${to}`, () => assert.equal(endOfTerm(from, months), to));
});

it('a seat that nobody holds is the lowest one, or none', () => {
  assert.deepEqual([freeSeat(3, []), freeSeat(3, [1, 3]), freeSeat(2, [1, 2]), freeSeat(1, [])], [1, 2, null, 1]);
});

it('a term runs, ends soon, and is overrun', () => {
  const states = [null, '2026-06-01', '2026-03-20', '2026-03-04', '2026-03-03'].map((end) =>
    stateOfTerm(end, '2026-03-04'),
  );
  assert.deepEqual(states, ['running', 'running', 'ending_soon', 'ending_soon', 'overrun']);
});

describe('a post', () => {
  it('is held by nobody else than one person a seat, however many are put there at once', async () => {
    const { administrator, desk, resident, neighbour, secretary, handler } = town.people;
    const club = await organisation('合唱团');
    const id = await post(club, { seats: 2, term_months: 12 });
    const tries = await Promise.allSettled(
      [desk, resident, neighbour, secretary, handler].map(({ id: person_id }) =>
        act(administrator, groups.start_term, { post_id: id, person_id }),
      ),
    );
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 2);
    for (const one of tries) if (one.status === 'rejected') assert.equal(one.reason.code, 'post_full');
    const [chair] = (await shown(club)).posts;
    assert.deepEqual([chair!.terms.map((term) => term.seat).sort(), chair!.vacancies], [[1, 2], 0]);
    assert.equal(chair!.terms[0]!.ends_on, '2027-03-03');
  });

  it('begins on the day that it is where the neighbourhood is, and is judged by that day', async () => {
    const { administrator, resident } = town.people;
    const club = await organisation('早起队');
    const id = await post(club, { term_months: 1 });
    await act(administrator, groups.start_term, { post_id: id, person_id: resident.id }, new Date('2026-02-03T16:30Z'));
    const [term] = (await shown(club)).posts[0]!.terms;
    assert.deepEqual([term!.started_on, term!.ends_on, term!.state], ['2026-02-04', '2026-03-03', 'overrun']);
  });

  it('is held once by one person', async () => {
    const { administrator, resident } = town.people;
    const id = await post(await organisation('读书会'), { seats: 3 });
    await act(administrator, groups.start_term, { post_id: id, person_id: resident.id });
    await assert.rejects(act(administrator, groups.start_term, { post_id: id, person_id: resident.id }), {
      code: 'there_already',
    });
  });

  it('keeps its seats while they are held, and is given up by who holds it', async () => {
    const { administrator, resident, neighbour } = town.people;
    const club = await organisation('太极拳队');
    const id = await post(club, { seats: 2 });
    for (const { id: person_id } of [resident, neighbour])
      await act(administrator, groups.start_term, { post_id: id, person_id });
    await assert.rejects(post(club, { id, seats: 1 }), { code: 'seats_taken' });
    await assert.rejects(act(administrator, groups.end_post, { id }), { code: 'post_held' });
    await assert.rejects(act(administrator, groups.end_organisation, { id: club }), { code: 'organisation_has_posts' });
    const terms = (await shown(club)).posts[0]!.terms;
    const own = terms.find((term) => term.person_id === resident.id)!;
    const other = terms.find((term) => term.person_id === neighbour.id)!;
    await assert.rejects(act(resident, groups.end_term, { id: other.id, reason: '换人' }), { code: 'not_found' });
    await act(resident, groups.end_term, { id: own.id, reason: '搬走了' });
    await act(administrator, groups.end_term, { id: other.id, reason: '届满' });
    await assert.rejects(act(resident, groups.end_term, { id: own.id, reason: '搬走了' }), { code: 'not_found' });
    assert.equal((await shown(club)).earlier_terms.length, 2);
    await act(administrator, groups.end_post, { id });
    await act(administrator, groups.end_organisation, { id: club, reason: '解散' });
    assert.deepEqual((await shown(club)).phases.at(-1)!.reason, '解散');
  });

  it('is written by administrators and the secretary alone, and its vacancies are for everybody to see', async () => {
    const { resident, handler, desk, secretary } = town.people;
    const club = await organisation('摄影社');
    for (const actor of [visitor, resident, handler, desk])
      await assert.rejects(
        act(actor, groups.write_post, { organisation_id: club, code: 'lead', names: names('负责人') }),
        { code: 'not_found' },
      );
    const { id } = await act(secretary, groups.write_post, {
      ...{ organisation_id: club, code: 'lead', names: names('负责人'), seats: 2 },
    });
    const { vacancies } = await see(visitor, groups.list_vacancies, {});
    assert.equal(vacancies.find((one) => one.post_id === id)?.free, 2);
    assert.ok(vacancies.every((one) => one.free > 0));
  });
});

describe('speaking for an organisation', () => {
  it('comes with a post that does, ends with it, and never in the name of somebody else', async () => {
    const { administrator, resident, neighbour, desk } = town.people;
    const club = await organisation('乒乓球队');
    const admit = (actor: Actor, person_id: string) =>
      act(actor, groups.admit_member, { organisation_id: club, person_id });
    await assert.rejects(admit(resident, neighbour.id), { code: 'not_found' });
    const id = await post(club, { speaks_for: true });
    const term = await act(administrator, groups.start_term, { post_id: id, person_id: resident.id });
    await admit(resident, neighbour.id);
    await assert.rejects(admit(resident, neighbour.id), { code: 'there_already' });
    await assert.rejects(admit({ ...desk, on_behalf_of_id: resident.id }, desk.id), { code: 'not_found' });
    const { members } = await see(resident, groups.list_members, { organisation_id: club });
    assert.deepEqual(
      members.map((one) => one.person_id),
      [neighbour.id],
    );
    await assert.rejects(see(neighbour, groups.list_members, { organisation_id: club }), { code: 'not_found' });
    await act(resident, groups.end_term, { id: term.id, reason: '轮换' });
    await assert.rejects(admit(resident, desk.id), { code: 'not_found' });
    await act(neighbour, groups.end_membership, { id: members[0]!.id });
    assert.equal((await shown(club)).member_counts.people, 0);
  });

  it('lets an alliance have organisations, and a club none', async () => {
    const { administrator } = town.people;
    const [alliance, bank, club] = [
      await organisation('共同体', 'alliance'),
      await organisation('银行'),
      await organisation('棋社'),
    ];
    const admit = (organisation_id: string, member_organisation_id: string) =>
      act(administrator, groups.admit_member, { organisation_id, member_organisation_id });
    await admit(alliance, bank);
    await assert.rejects(admit(club, bank), { code: 'members_are_people' });
    await assert.rejects(admit(alliance, alliance), { code: 'organisation_unknown' });
    await assert.rejects(act(administrator, groups.admit_member, { organisation_id: alliance }));
    const listed = await see(visitor, groups.list_organisations, { member_of: alliance });
    assert.deepEqual(
      listed.organisations.map((one) => one.id),
      [bank],
    );
    assert.equal((await shown(bank)).belongs_to[0]!.organisation_id, alliance);
  });
});

describe('a roster of organisations', () => {
  const row = (line: number, kind: string, name_zh: string, more: object = {}) => ({ line, kind, name_zh, ...more });
  const read = (rows: object[]) =>
    act(town.people.administrator, groups.import_organisations, { rows, words: { 社会组织: 'social_organisation' } });

  it('is read whole, parents first whatever the order, and again without a change', async () => {
    const rows = [
      row(2, '社会组织', '互助会一分会', { parent: '互助会总会', member_of: '新共同体' }),
      row(3, 'social_organisation', '互助会总会'),
      row(4, 'alliance', '新共同体'),
    ];
    const first = await read(rows);
    assert.deepEqual([first.organisations, first.there_already], [3, 0]);
    const again = await read(rows);
    assert.deepEqual([again.organisations, again.there_already], [0, 3]);
    const { organisations } = await see(visitor, groups.list_organisations, { words: '互助会一分会' });
    const part = await shown(organisations[0]!.id);
    assert.deepEqual([part.parent?.names['zh-CN'], part.belongs_to[0]?.names['zh-CN']], ['互助会总会', '新共同体']);
  });

  it('is refused whole, each wrong row with its line and column', async () => {
    const wrong = [
      row(2, 'castle', '城堡'),
      row(3, 'club', ''),
      row(4, 'club', '象棋社'),
      row(5, 'club', '象棋社'),
      row(6, 'club', '围棋社', { phase: 'sleeping' }),
    ];
    await assert.rejects(read(wrong), (error: Error & { where: object; also: { code: string; where: object }[] }) => {
      const all = [error as unknown as { code: string; where: object }, ...error.also];
      assert.deepEqual(
        all.map(({ code, where }) => [code, where]),
        [
          ['kind_unknown', { line: 2, field: 'kind' }],
          ['required', { line: 3, field: 'name_zh' }],
          ['organisation_twice', { line: 5, field: 'name_zh' }],
          ['phase_unknown', { line: 6, field: 'phase' }],
        ],
      );
      return true;
    });
    await assert.rejects(
      read([row(2, 'club', '甲社', { parent: '乙社' }), row(3, 'club', '乙社', { parent: '甲社' })]),
      {
        code: 'parent_circle',
      },
    );
    await assert.rejects(read([row(2, 'club', '丙社', { parent: '没有的会' })]), { code: 'name_unknown' });
    const { organisations } = await see(visitor, groups.list_organisations, { words: '象棋社' });
    assert.deepEqual(organisations, []);
  });
});
