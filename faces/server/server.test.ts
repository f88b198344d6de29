import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { accept_request, followCode, submit_request } from '#modules/requests/index.ts';
import { visitor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { fileOf, uploaderOf } from '#platform/file.store.ts';
import { newId } from '#platform/ids.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { readActing, signActing } from './cookies.ts';
import { makeOuterServer } from './outer.ts';
import { storePhoto } from './photos.ts';

let town: Neighbourhood;
let app: FastifyInstance;
before(async () => {
  town = await makeNeighbourhood();
  app = await makeOuterServer({
    environment: town.environment,
    overload_delay_ms: 0,
    reads_a_minute: 60,
    writes_a_minute: 5,
  });
});
after(async () => {
  await app.close();
  await town.close();
});

const store = (bytes: Uint8Array) =>
  storePhoto({ environment: town.environment, community: town.community, actor: visitor }, bytes);
const picture = (format: 'jpeg' | 'png' | 'webp') =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#b3261e' } })
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 0/1 0/1' } })
    .toFormat(format)
    .toBuffer();

describe('a photo', () => {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    it(`in ${format} is kept without what it tells of its taker`, async () => {
      const { hash } = await store(await picture(format));
      const kept = await sharp(await town.environment.files.get(hash)).metadata();
      assert.equal(kept.format, 'webp');
      assert.equal(kept.exif, undefined);
      await town.environment.files.get(`${hash}-thumb`);
    });
  }

  it('is shown to each of those who brought it', async () => {
    const { environment, community, people } = town;
    const same = await picture('png');
    const { resident, neighbour, desk } = people;
    const brought = [resident, neighbour].map((actor) => storePhoto({ environment, community, actor }, same));
    const hashes = new Set((await Promise.all(brought)).map(({ hash }) => hash));
    assert.equal(hashes.size, 1);
    for (const { id } of [resident, neighbour, desk])
      assert.equal((await fileOf(environment, community, [...hashes][0]!, id))?.is_own, id !== desk.id);
  });

  const png = (width: number, height: number, data: Buffer) => {
    const chunk = (type: string, body: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(body.length);
      head.write(type, 4, 'latin1');
      return Buffer.concat([head, body, Buffer.alloc(4)]);
    };
    const size = Buffer.alloc(13);
    size.writeUInt32BE(width);
    size.writeUInt32BE(height, 4);
    size.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', size),
      chunk('IDAT', data),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };
  const refused: [what: string, bytes: () => Promise<Uint8Array> | Uint8Array, code: RegExp][] = [
    ['empty', () => new Uint8Array(), /^photo_empty$/],
    ['too large', () => new Uint8Array(20 * 1024 * 1024 + 1), /^photo_large$/],
    [
      'a drawing with scripts',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      /^photo_kind$/,
    ],
    ['a page that says it is a picture', () => Buffer.from('GIF89a<html>'), /^photo_kind$/],
    ['cut off', async () => (await picture('jpeg')).subarray(0, 200), /^photo_broken$/],
    ['a bomb of pixels', () => png(60_000, 60_000, deflateSync(Buffer.alloc(1024))), /^photo_(pixels|broken)$/],
    [
      'noise behind a right beginning',
      () => Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(5000, 7)]),
      /^photo_broken$/,
    ],
    [
      'HEIC that is none',
      () => Buffer.concat([Buffer.from('\0\0\0\x18ftypheic', 'latin1'), Buffer.alloc(500, 1)]),
      /^photo_broken$/,
    ],
  ];
  for (const [what, bytes, code] of refused) {
    it(`that is ${what} is refused`, async () => {
      await assert.rejects(store(await bytes()), (error: { code: string }) => code.test(error.code));
    });
  }

  it('is seen by whoever may see its request, and by nobody else', async () => {
    const { environment, community, people } = town;
    const form = newId();
    const owner = { environment, community, actor: { id: uploaderOf(visitor, community, form) } };
    const { hash } = await storePhoto(owner, await picture('jpeg'));
    const { id } = await perform(environment, { actor: visitor, community, via: 'test', id: form }, submit_request, {
      category: { code: 'repairs' },
      text: '灯坏了',
      wants_public: true,
      photos: [hash],
      place: { household_id: town.household },
    });
    const see = (query = '') => app.inject(`/files/${hash}${query}`);
    assert.equal((await see()).statusCode, 404);
    const withCode = await see(`?code=${followCode(environment.keys, id)}`);
    assert.equal(withCode.statusCode, 200);
    assert.equal(withCode.headers['content-type'], 'image/webp');
    assert.match(String(withCode.headers['content-security-policy']), /sandbox/);
    await perform(environment, { actor: people.handler, community, via: 'test' }, accept_request, { id });
    assert.equal((await see('/thumb')).statusCode, 200);
    assert.equal((await app.inject(`/files/${'0'.repeat(64)}`)).statusCode, 404);
    assert.equal((await app.inject('/files/..%2F..%2Fsecrets.json')).statusCode, 404);
  });
});

describe('the outer server', () => {
  it('says that it lives, and sends its guarding headers with everything', async () => {
    const answer = await app.inject('/health');
    assert.deepEqual(answer.json(), { ok: true });
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['x-frame-options', 'DENY'],
      ['referrer-policy', 'same-origin'],
    ])
      assert.equal(answer.headers[name!], value);
  });
  it('takes no form of another site', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      assert.equal(
        (
          await app.inject({
            method: 'POST',
            url: '/preferences',
            headers: { ...headers, host: 'localhost' },
            payload: 'locale=en',
          })
        ).statusCode,
        403,
      );
    }
  });
  it('lets one address ask so often and no more', async () => {
    const answers = [];
    for (let i = 0; i < 80; i++) answers.push(await app.inject({ url: '/health', remoteAddress: '192.0.2.7' }));
    assert.equal(answers.filter((answer) => answer.statusCode === 429).length, 20);
  });
  it('believes no cookie for acting that it did not write, nor one of another session', () => {
    const key = Buffer.alloc(32, 1);
    const [session, other, subject] = [Buffer.alloc(32, 2), Buffer.alloc(32, 3), newId()];
    const cookie = signActing(key, session, subject);
    assert.equal(readActing(key, session, cookie), subject);
    assert.equal(readActing(key, other, cookie), undefined);
    assert.equal(readActing(key, session, `${newId()}.${cookie.split('.')[1]}`), undefined);
    assert.equal(readActing(key, session, subject), undefined);
  });
});
