import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { forget_filter, list_filters, save_filter } from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const listed = (actor: Actor, list = 'desk') =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, list_filters, { list });
const save = (actor: Actor, name: string, filters = 'mine=owed', list = 'desk') =>
  act(actor, save_filter, { list, name, filters });

it('a filter is kept for one person and list, once a name, and forgotten by its owner alone', async () => {
  const { desk, secretary, resident } = town.people;
  const { id } = await save(desk, '漏水');
  await Promise.all([1, 2, 3].map((i) => save(desk, '漏水', `words=${i}`)));
  assert.equal((await listed(desk)).length, 1);
  assert.deepEqual([await listed(secretary), await listed(desk, 'requests'), await listed(resident)], [[], [], []]);
  await assert.rejects(save(resident, '我的'), { code: 'not_found' });
  await assert.rejects(act(secretary, forget_filter, { id }), { code: 'not_found' });
  await act(desk, forget_filter, { id });
  assert.deepEqual(await listed(desk), []);
});

it('takes the query of an address and nothing else, and so many', async () => {
  const { secretary } = town.people;
  for (const filters of ['https://x.example', 'a=1#b', 'a=<b>', '//x', 'a'.repeat(601)])
    await assert.rejects(save(secretary, 'x', filters), filters);
  for (let i = 0; i < 30; i++) await save(secretary, `f${i}`, `words=%E6%BC%8F&page=${i}`);
  await assert.rejects(save(secretary, 'one more'), { code: 'too_many_filters' });
  await save(secretary, 'f3', 'phase=open');
});
