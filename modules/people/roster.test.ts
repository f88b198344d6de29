import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import type { Refusal } from '#platform/refusal.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { find_people, import_residents } from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const give = (actor: Actor, rows: object[]) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, import_residents, { rows });
const found = (name: string) =>
  ask(town.environment, { actor: town.people.desk, community: town.community, via: 'test' }, find_people, {
    name,
    reason: '核对名册',
  });

describe('a roster of residents', () => {
  it('is written whole, and given again changes nothing', async () => {
    const household_id = town.household;
    const rows = [
      { line: 2, household_id, name: '欧阳修', phone: '138 0000 9001', born_in_year: '1961', relation: '户主' },
      { line: 3, household_id, name: 'Ada Lovelace', relation: 'tenant' },
    ];
    const { administrator } = town.people;
    assert.deepEqual(await give(administrator, rows), { read: 2, accepted: 2, written: 2, there_already: 0 });
    assert.deepEqual(await give(administrator, rows), { read: 2, accepted: 2, written: 0, there_already: 2 });
    const [one] = await found('欧阳修');
    assert.deepEqual(
      [one?.name_masked, one?.phone_masked, one?.homes.map((home) => home.door)],
      ['欧**', '••••••••••9001', ['501']],
    );
    assert.equal((await found('ada lovelace'))[0]?.name_masked, 'A. L.');
    await assert.rejects(give(town.people.desk, rows), { code: 'not_found' });
  });

  it('is refused row by row, and nothing of it is taken', async () => {
    const household_id = town.household;
    const rows = [
      { line: 2, household_id, name: '苏轼' },
      { line: 3, household_id: newId(), name: '苏辙' },
      { line: 4, household_id: '3栋', name: ' ' },
      { line: 5, household_id, name: '苏轼', phone: '12', born_in_year: '十年', relation: '朋友' },
    ];
    await assert.rejects(give(town.people.administrator, rows), (error: Refusal) => {
      const all = [error, ...error.also].map((one) => [one.where?.line, one.where?.field, one.code]);
      assert.deepEqual(all, [
        [3, 'household_id', 'household_unknown'],
        [4, 'name', 'required'],
        [4, 'household_id', 'household_unknown'],
        [5, 'phone', 'phone_invalid'],
        [5, 'born_in_year', 'invalid_input'],
        [5, 'relation', 'invalid_choice'],
        [5, 'name', 'row_repeated'],
      ]);
      return true;
    });
    assert.deepEqual(await found('苏轼'), []);
  });

  it('of thousands of rows goes in at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => ({
      line: i + 2,
      household_id: town.household,
      name: `居民${i}`,
    }));
    assert.equal((await give(town.people.administrator, rows)).written, 5_000);
    assert.equal((await found('居民4999')).length, 1);
  });
});
