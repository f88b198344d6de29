import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as people from '#modules/people/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as groups from './index.ts';
import { mayBecome, PHASES } from './organisation.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);
const club = (zh: string, more: object = {}) => ({ kind: 'club', names: { 'zh-CN': zh, en: `Club ${zh}` }, ...more });
const write = (input: object) => act(town.people.administrator, groups.write_organisation, input);

describe('an organisation', () => {
  it('is written by an administrator, in both languages, and seen by everybody', async () => {
    const { id } = await write(club('合唱团', { building_id: town.building }));
    for (const actor of [town.people.desk, town.people.resident, town.people.secretary, visitor])
      await assert.rejects(act(actor, groups.write_organisation, club('读书会')), { code: 'not_found' });
    await assert.rejects(write({ ...club('棋社'), names: { 'zh-CN': '棋社', en: ' ' } }), { code: 'required' });
    await assert.rejects(write(club('棋社', { building_id: newId() })), { code: 'building_unknown' });
    const shown = await see(visitor, groups.show_organisation, { id });
    assert.deepEqual([shown.names['zh-CN'], shown.handlers], ['合唱团', null]);
    await assert.rejects(see(visitor, groups.show_organisation, { id: newId() }), { code: 'not_found' });
  });

  it('is found by kind and words, page by page, each once', async () => {
    for (let i = 0; i < 5; i++) await write(club(`太极${i}队`));
    const first = await see(visitor, groups.list_organisations, { kind: 'club', words: '太极', limit: 3 });
    const second = await see(visitor, groups.list_organisations, {
      kind: 'club',
      words: '太极',
      limit: 3,
      after: first.next,
    });
    const names = [...first.organisations, ...second.organisations].map((one) => one.names['zh-CN']);
    assert.deepEqual(names, ['太极0队', '太极1队', '太极2队', '太极3队', '太极4队']);
    assert.equal(second.next, null);
    const literal = await see(visitor, groups.list_organisations, { words: '%' });
    assert.deepEqual(literal.organisations, [], 'a percent sign is a percent sign');
  });

  it('stands where people look for it: by the sound of its name, 2 before 10', async () => {
    for (const name of ['第10组', '早操', '第2组', '第1组', '爱心']) await write(club(`序${name}`));
    const listed = [];
    for (let after: string | undefined; ; ) {
      const page = await see(visitor, groups.list_organisations, { kind: 'club', words: '序', limit: 2, after });
      listed.push(...page.organisations.map((one) => one.names['zh-CN']));
      after = page.next ?? undefined;
      if (!after) break;
    }
    assert.deepEqual(listed, ['序爱心', '序第1组', '序第2组', '序第10组', '序早操']);
  });

  it('keeps the first of two edits made at once, and tells the other', async () => {
    const { id } = await write(club('摄影社'));
    const edits = await Promise.allSettled(
      ['甲', '乙'].map((zh) => write({ ...club(`摄影${zh}社`), id, expected_version: 1 })),
    );
    assert.deepEqual(edits.map((edit) => edit.status).sort(), ['fulfilled', 'rejected']);
    const refused = edits.find((edit) => edit.status === 'rejected');
    assert.equal((refused as PromiseRejectedResult).reason.code, 'stale');
  });

  it('is never above itself, and stays while it has parts or handlers', async () => {
    const { administrator, resident } = town.people;
    const top = await write(club('总会'));
    const part = await write(club('分会', { parent_id: top.id }));
    await assert.rejects(write({ ...club('总会'), id: top.id, parent_id: part.id }), { code: 'parent_circle' });
    await assert.rejects(write({ ...club('总会'), id: top.id, parent_id: top.id }), { code: 'parent_circle' });
    const end = (id: string) => act(administrator, groups.end_organisation, { id });
    await assert.rejects(end(top.id), { code: 'organisation_has_parts' });
    const role = await act(administrator, people.grant_role, {
      person_id: resident.id,
      role: 'handler',
      scope_kind: 'organisation',
      scope_id: part.id,
    });
    await assert.rejects(end(part.id), { code: 'organisation_has_handlers' });
    const { handlers } = await see(town.people.desk, groups.show_organisation, { id: part.id });
    assert.deepEqual(
      handlers?.map((one) => one.id),
      [resident.id],
    );
    await act(administrator, people.end_role, { id: role.id });
    await assert.rejects(act(resident, groups.end_organisation, { id: part.id }), { code: 'not_found' });
    await end(part.id);
    await end(top.id);
    await assert.rejects(end(top.id), { code: 'not_found' });
    await assert.rejects(write(club('新会', { parent_id: top.id })), { code: 'organisation_unknown' });
  });

  it('goes from phase to phase, and back from closed never', async () => {
    const { id } = await write(club('书画社', { phase: 'forming' }));
    await assert.rejects(write({ ...club('书画社'), id, phase: 'dormant' }), { code: 'phase_impossible' });
    await write({ ...club('书画社'), id, phase: 'filed' });
    await write({ ...club('书画社'), id, phase: 'active' });
    for (const phase of PHASES) assert.equal(mayBecome('closed', phase), phase === 'closed');
  });
});

describe('handlers', () => {
  it('come in one order: the longest-serving first', async () => {
    const organisation = await write(club('议事会'));
    const ids: string[] = [];
    for (const name of ['甲', '乙', '丙']) {
      const { id } = await act(town.people.desk, people.write_person, { name });
      ids.push(id);
      await act(town.people.administrator, people.grant_role, {
        person_id: id,
        role: 'handler',
        scope_kind: 'organisation',
        scope_id: organisation.id,
      });
    }
    const shown = await see(town.people.secretary, groups.show_organisation, { id: organisation.id });
    assert.deepEqual(
      shown.handlers?.map((one) => one.id),
      ids,
    );
  });
});
