import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { ask } from '#platform/query.ts';
import { bringPhoto, makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as requests from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const caller = (actor: Actor) => ({ actor, community: town.community, via: 'test' });
const tell = (actor: Actor, photos: string[]) =>
  perform(town.environment, caller(actor), requests.submit_request, {
    ...{ category: { code: 'repairs' }, text: '楼道灯坏了', place: { household_id: town.household }, photos },
  });

describe('a photo that several people brought', () => {
  const hash = 'a'.repeat(64);

  it('is used by each of them, and by nobody who only knows its hash', async () => {
    const { resident, neighbour, handler } = town.people;
    await Promise.all([resident, neighbour, resident].map((person) => bringPhoto(town, hash, person)));
    for (const person of [resident, neighbour]) {
      const { id } = await tell(person, [hash, hash]);
      assert.equal((await ask(town.environment, caller(person), requests.show_request, { id })).photos.length, 1);
    }
    for (const stranger of [handler, visitor]) await assert.rejects(tell(stranger, [hash]), { code: 'photo_unknown' });
    const other = 'b'.repeat(64);
    await bringPhoto(town, other, handler);
    await assert.rejects(tell(resident, [hash, other]), { code: 'photo_unknown' });
  });

  it('is used by a proxy of either', async () => {
    const { resident, desk } = town.people;
    await tell({ ...desk, on_behalf_of_id: resident.id }, [hash]);
    await assert.rejects(tell({ ...desk, on_behalf_of_id: town.people.handler.id }, [hash]), { code: 'photo_unknown' });
  });
});
