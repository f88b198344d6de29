import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { saveFile, uploaderOf } from '#platform/file.store.ts';
import { newId } from '#platform/ids.ts';
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

  it('is a visitor’s with the form it was brought with, and no other’s', async () => {
    const { environment, community, people } = town;
    const [mine, theirs] = [newId(), newId()];
    const nameless = 'c'.repeat(64);
    await bringPhoto(town, nameless, { id: uploaderOf(visitor, community, mine) });
    const say = (actor: Actor, id: string, photos: string[]) =>
      perform(environment, { ...caller(actor), id }, requests.submit_request, {
        ...{ category: { code: 'repairs' }, text: '墙裂了', place: { household_id: town.household }, photos },
      });
    await assert.rejects(say(visitor, theirs, [nameless]), { code: 'photo_unknown' });
    await assert.rejects(say(people.resident, theirs, [nameless]), { code: 'photo_unknown' });
    // Nor does the id of somebody, sent as that of a form, give what they brought.
    await assert.rejects(say(visitor, people.resident.id, [hash]), { code: 'photo_unknown' });
    // What visitors brought before belongs to all of them, so to none.
    await bringPhoto(town, 'd'.repeat(64), visitor);
    await assert.rejects(say(visitor, newId(), ['d'.repeat(64)]), { code: 'photo_unknown' });
    const { id } = await say(visitor, mine, [nameless]);
    assert.equal((await ask(environment, caller(people.desk), requests.show_request, { id })).photos.length, 1);
    await assert.rejects(say(visitor, mine, [nameless, nameless]), { code: 'id_used_before' });
    // Whoever signs in before the form is sent keeps what they brought with it.
    const later = newId();
    await bringPhoto(town, nameless, { id: uploaderOf(visitor, community, later) });
    await say(people.resident, later, [nameless]);
  });

  it('is a picture: what else somebody brought is shown as none', async () => {
    const { environment, community, people } = town;
    const paper = { hash: 'e'.repeat(64), media_type: 'application/pdf', byte_count: 3, width: null, height: null };
    await saveFile(environment, community, { ...paper, uploaded_by_id: people.resident.id });
    await assert.rejects(tell(people.resident, [paper.hash]), { code: 'photo_unknown' });
  });

  it('is used by a proxy of either', async () => {
    const { resident, desk } = town.people;
    await tell({ ...desk, on_behalf_of_id: resident.id }, [hash]);
    await assert.rejects(tell({ ...desk, on_behalf_of_id: town.people.handler.id }, [hash]), { code: 'photo_unknown' });
  });
});
