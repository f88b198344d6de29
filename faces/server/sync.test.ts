import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { record_visit } from '#modules/visits/index.ts';
import { beginSession } from '#platform/accounts/index.ts';
import { perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { SESSION_COOKIE } from './cookies.ts';
import { makeOuterServer } from './outer.ts';

let town: Neighbourhood;
let app: FastifyInstance;
let cookies: Record<string, string>;
before(async () => {
  town = await makeNeighbourhood({ clock: () => new Date() });
  app = await makeOuterServer({ environment: town.environment, overload_delay_ms: 0 });
  cookies = await cookiesOf(town.people.east_worker.id);
});
after(async () => {
  await app.close();
  await town.close();
});

async function cookiesOf(person_id: string) {
  const db = town.environment.database.of(town.community.id);
  const login_id = newId();
  await db.insertInto('logins').values({ id: login_id, created_at: new Date() }).execute();
  await db.updateTable('people').set({ login_id }).where('id', '=', person_id).execute();
  return { [SESSION_COOKIE]: await beginSession(town.environment, login_id, 'test') };
}

const send = (visits: unknown, more: object = {}) =>
  app.inject({ method: 'POST', url: '/sync/visits', cookies, payload: { visits }, ...more });
const knock = (more: object = {}) => ({
  ...{ id: newId(), household_id: town.household, occasion: 'hardship', outcome: 'answered' },
  ...more,
});
const part = (hash: string, whole: Buffer, from: number, until: number) =>
  app.inject({
    ...{ method: 'PATCH', url: `/sync/uploads/${hash}`, cookies, payload: whole.subarray(from, until) },
    headers: {
      'content-type': 'application/octet-stream',
      'upload-offset': String(from),
      'upload-length': String(whole.length),
      'upload-kind': 'photo',
    },
  });

describe('a phone that sends what it recorded', () => {
  it('gets an answer for each visit, the same again, and keeps what is refused', async () => {
    const visits = [knock(), knock({ occasion: 'nonsense' }), knock({ outcome: 'nobody_home' }), { id: 'x' }];
    const first = (await send(visits)).json();
    assert.deepEqual(
      first.answers.map((one: { state: string; code?: string }) => [one.state, one.code]),
      [
        ['accepted', undefined],
        ['refused', 'occasion_unknown'],
        ['accepted', undefined],
        ['refused', 'command_id_invalid'],
      ],
    );
    assert.deepEqual((await send(visits)).json().answers, first.answers);
  });

  it('is told to sign in, and is not another site', async () => {
    assert.equal((await send([], { cookies: {} })).statusCode, 401);
    assert.equal((await send([], { headers: { origin: 'https://elsewhere.example' } })).statusCode, 403);
    assert.equal((await send('many')).statusCode, 400);
  });
});

describe('a photo in parts', () => {
  it('goes on where it stopped, is kept once, and is seen by who may see the visit', async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251));
    const photo = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer();
    const hash = sha256(photo).toString('hex');
    const offset = async () =>
      (await app.inject({ method: 'HEAD', url: `/sync/uploads/${hash}`, cookies })).headers['upload-offset'];
    assert.equal(await offset(), '0');
    assert.equal((await part(hash, photo, 500, 900)).statusCode, 409);
    assert.equal((await part(hash, photo, 0, 1000)).json().offset, 1000);
    assert.equal((await part(hash, photo, 0, 1000)).json().offset, 1000);
    assert.equal(await offset(), '1000');
    const { file_hash } = (await part(hash, photo, 1000, photo.length)).json();
    assert.match(file_hash, /^[0-9a-f]{64}$/);
    assert.equal((await part(hash, photo, 0, 1000)).json().file_hash, file_hash);
    const caller = { actor: town.people.east_worker, community: town.community, via: 'test' };
    await perform(town.environment, caller, record_visit, knock({ photos: [hash] }));
    const open = async (person_id: string) =>
      (await app.inject({ url: `/files/${file_hash}`, cookies: await cookiesOf(person_id) })).statusCode;
    assert.equal(await open(town.people.desk.id), 200);
    assert.equal(await open(town.people.west_worker.id), 404);
    assert.equal(await open(town.people.resident.id), 404);
  });

  it('begins again when it arrived broken', async () => {
    const bytes = Buffer.from('not what its name says');
    const answer = await part('a'.repeat(64), bytes, 0, bytes.length);
    assert.deepEqual(answer.json(), { offset: 0, code: 'upload_broken' });
  });
});
