import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type Actor, type RoleGrant, system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as requests from './index.ts';

let town: Neighbourhood;
const ids: string[] = [];
const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const PRIVATE = '家里的事，只想让承办的人知道';

before(async () => {
  town = await makeNeighbourhood();
  const { resident, neighbour, desk, handler } = town.people;
  for (const [actor, wants_public] of [
    [resident, true],
    [resident, false],
    [neighbour, false],
    [neighbour, false],
    [visitor, false],
  ] as const) {
    const place = { household_id: town.household };
    const told = { category: { code: 'repairs' }, text: PRIVATE, place, wants_public };
    ids.push((await act(actor, requests.submit_request, told)).id);
  }
  // Whoever told what was joined into another's private need hears of it, and reads no word of it.
  await act(desk, requests.join_requests, { id: ids[1], from_ids: [ids[3]], reason: '同一件事' });
  await act(handler, requests.accept_request, { id: ids[0] });
  await act(desk, requests.hand_on_request, {
    id: ids[2],
    to: { person_id: town.people.west_worker.id },
    reason: '窗口来办',
  });
});
after(() => town.close());

const staff = (
  role: RoleGrant['role'],
  scope_kind: RoleGrant['scope_kind'] = 'community',
  scope_id: string | null = null,
) => ({ kind: 'person', id: town.people.secretary.id, roles: [{ role, scope_kind, scope_id }] }) satisfies Actor;

it('a list holds what its reader may see, and says no more of it than its own page does', async () => {
  const nobodys = '00000000-0000-4000-8000-00000000abcd';
  const readers: Record<string, Actor> = {
    visitor,
    system,
    ...town.people,
    treasurer: staff('treasurer'),
    auditor: staff('auditor'),
    another_handler: staff('handler', 'organisation', nobodys),
    own_proxy: { ...town.people.neighbour, on_behalf_of_id: town.people.resident.id },
  };
  let hidden = 0;
  for (const [name, actor] of Object.entries(readers)) {
    const caller = { actor, community: town.community, via: 'test' };
    const { requests: cards } = await ask(town.environment, caller, requests.list_requests, {});
    for (const [i, id] of ids.entries()) {
      const page = await ask(town.environment, caller, requests.show_request, { id }).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'not_found') return undefined;
        throw error;
      });
      if (!page) hidden++;
      const card = cards.find((one) => one.id === id);
      assert.equal(card?.text, page?.text, `${name} and request ${i}`);
    }
  }
  assert.ok(hidden > 10, 'some are hidden from some');
});
