import assert from 'node:assert/strict';
import dns from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { isInside, postOutside } from './post_outside.ts';

let heard = 0;
const server = createServer((_request, response) => {
  heard++;
  response.writeHead(302, { location: '/again' }).end('x'.repeat(1000));
});
let port = 0;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => server.close());

const post = (host: string, inside: boolean) =>
  postOutside(new URL(`http://${host}:${port}/`), { headers: {}, body: '灯', inside, patience_ms: 5000 });

describe('a message to another system', () => {
  it('is given its status, and no redirect is followed', async () => {
    assert.equal(await post('127.0.0.1', true), 302);
    assert.equal(heard, 1);
  });
  it('never goes inside unless it may, by address or by a name that leads there', async () => {
    const before_it = heard;
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      'a.localhost.',
    ])
      await assert.rejects(post(host, false), /inside/, host);
    assert.equal(heard, before_it);
  });
  it('never goes where a harmless name leads inside', async (test) => {
    type Done = (error: null, found: { address: string; family: number }[]) => void;
    const leadInside = (_host: string, _options: object, done: Done) =>
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    test.mock.method(dns, 'lookup', leadInside as unknown as typeof dns.lookup);
    const before_it = heard;
    await assert.rejects(post('city.example', false), /inside/);
    assert.equal(heard, before_it);
    assert.equal(await post('city.example', true), 302);
  });
  it('tells the inside from the outside', () => {
    const host = (url: string) => new URL(url).hostname;
    for (const url of [
      'http://10.0.0.1',
      'http://172.31.9.9',
      'http://[fe80::1]',
      'http://[64:ff9b::7f00:1]',
      'http://[::127.0.0.1]',
      'http://database',
    ])
      assert.equal(isInside(host(url)), true, url);
    for (const url of [
      'http://city.example',
      'http://172.32.0.1',
      'http://8.8.8.8',
      'http://[::ffff:8.8.8.8]',
      'http://[2606:4700::1]',
    ])
      assert.equal(isInside(host(url)), false, url);
  });
});
