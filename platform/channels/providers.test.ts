import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import webpush from 'web-push';
import { localMessenger, mailMessenger, smsMessenger } from '../messenger.ts';
import type { ChannelFailure, Outgoing, Providers } from './channel.ts';
import { compose } from './compose.ts';
import { openProviders } from './providers.ts';

type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer };
let heard: Heard[] = [];
/** What the other side answers, by path: status and body. */
let answers: Record<string, [number, string]> = {};
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part) => parts.push(part));
  request.once('end', () => {
    const path = request.url ?? '';
    heard.push({ path, headers: request.headers, body: Buffer.concat(parts) });
    const [status, body] = answers[path] ?? [201, ''];
    response.writeHead(status).end(body);
  });
});

/** A mail server that keeps letters and refuses mailboxes named “nobody” for good and “later” for now. */
let letters = '';
const mail = createSocketServer((socket) => {
  let rest = '';
  let in_letter = false;
  socket.setEncoding('utf8').write('220 test\r\n');
  socket.on('data', (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (in_letter) {
        letters += `${line}\n`;
        if (line === '.') {
          in_letter = false;
          socket.write('250 kept\r\n');
        }
      } else if (/^DATA/i.test(line)) {
        in_letter = true;
        socket.write('354 go on\r\n');
      } else if (/^RCPT.*nobody/i.test(line)) socket.write('550 no such mailbox nobody@example.org\r\n');
      else if (/^RCPT.*later/i.test(line)) socket.write('451 later\r\n');
      else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else socket.write('250 yes\r\n');
    }
  });
});

let url = '';
let providers: Providers;
before(async () => {
  for (const one of [server, mail]) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const phones = smsMessenger(`${url}/sms`, 'secret', localMessenger('/nowhere'));
  const smtp = `smtp://127.0.0.1:${(mail.address() as AddressInfo).port}`;
  const { publicKey: public_key, privateKey: private_key } = webpush.generateVAPIDKeys();
  providers = openProviders({
    messenger: mailMessenger(smtp, '应门 <desk@example.org>', phones),
    push_keys: { public_key, private_key },
    contact: 'mailto:desk@example.org',
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
  mail.close();
});
beforeEach(() => {
  heard = [];
  answers = {};
  letters = '';
});

const KEY = '01890000-0000-7000-8000-000000000001';
const outgoing = (destinations: string[], more: Partial<Outgoing> = {}): Outgoing => ({
  ...compose({ names: { 'zh-CN': '荷塘社区' } }, 'https://yingmen.example', { id: KEY, locale: 'zh-CN' }, [
    { template: 'request_answered', vars: { number: '7' }, subject_kind: 'request', subject_id: KEY },
  ]),
  destinations: destinations.map((value, i) => ({ id: `d${i}`, value })),
  inside: true,
  ...more,
});
const sending = (channel: keyof Providers, message: Outgoing) =>
  providers[channel].send(message, AbortSignal.timeout(5000));
const failureOf = async (sent: Promise<unknown>): Promise<ChannelFailure> => {
  const error = await sent.then(
    () => assert.fail('it was sent'),
    (reason: ChannelFailure) => reason,
  );
  return error;
};

/** A browser: the keys a real one would make, so that what is sent is really encrypted to it. */
function subscription(path: string): string {
  const ecdh = createECDH('prime256v1');
  const p256dh = ecdh.generateKeys('base64url');
  return JSON.stringify({ endpoint: url + path, keys: { p256dh, auth: randomBytes(16).toString('base64url') } });
}

describe('a browser', () => {
  it('is sent an encrypted message under its key, and one that is gone is named', async () => {
    answers = { '/gone': [410, ''], '/unknown': [404, ''] };
    const message = outgoing(['/here', '/gone', '/unknown'].map(subscription));
    assert.deepEqual((await sending('push', message)).gone_ids.sort(), ['d1', 'd2']);
    const here = heard.find((one) => one.path === '/here')!;
    assert.equal(here.headers.topic, KEY.replaceAll('-', ''));
    assert.equal(here.headers['content-encoding'], 'aes128gcm');
    assert.match(String(here.headers.authorization), /^vapid t=/);
    assert.ok(!here.body.includes('荷塘'), 'the push service cannot read it');
  });

  it('that is the only one and gone is not tried again; a push service that is away is, and its address stays a secret', async () => {
    answers = { '/gone': [410, ''], '/full': [429, ''], '/down': [503, ''], '/bad': [400, ''] };
    const gone = await failureOf(sending('push', outgoing([subscription('/gone')])));
    assert.deepEqual([gone.why, gone.gone_ids], ['refused', ['d0']]);
    for (const [path, why] of [
      ['/full', 'away'],
      ['/down', 'away'],
      ['/bad', 'refused'],
    ] as const) {
      const failure = await failureOf(sending('push', outgoing([subscription(path)])));
      assert.deepEqual([failure.why, failure.message.includes(url)], [why, false]);
    }
  });

  it('within our own networks is never asked unless the community lets it', async () => {
    const failure = await failureOf(sending('push', outgoing([subscription('/here')], { inside: false })));
    assert.match(failure.message, /inside/);
    assert.equal(heard.length, 0);
  });
});

describe('a chat group', () => {
  it('is sent markdown in the form of WeChat Work, and believed by its errcode', async () => {
    answers = { '/robot': [200, '{"errcode":0,"errmsg":"ok"}'] };
    await sending('chat', outgoing([`${url}/robot`]));
    const { msgtype, markdown } = JSON.parse(heard[0]!.body.toString());
    assert.equal(msgtype, 'markdown');
    assert.match(markdown.content, /第7号.*\[打开\]\(https:\/\/yingmen\.example\/requests\/7\)/);
    for (const [errcode, why] of [
      [45009, 'away'],
      [-1, 'away'],
      [93000, 'refused'],
    ] as const) {
      answers = { '/robot': [200, JSON.stringify({ errcode })] };
      assert.equal((await failureOf(sending('chat', outgoing([`${url}/robot`])))).why, why, String(errcode));
    }
    answers = { '/robot': [200, 'thanks'] };
    await sending('chat', outgoing([`${url}/robot`]));
  });

  it('is sent whole lines, no more than a robot takes', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `> 第${i}条消息，请看`).join('\n');
    await sending('chat', outgoing([`${url}/robot`], { markdown: lines }));
    const { content } = JSON.parse(heard[0]!.body.toString()).markdown;
    assert.ok(Buffer.byteLength(content) <= 4096 && content.endsWith('请看'));
  });
});

describe('a phone', () => {
  it('is told through the gateway with its token and the key of the message', async () => {
    await sending('sms', outgoing(['+8613800000001']));
    const { path, headers, body } = heard[0]!;
    assert.deepEqual(
      [path, headers.authorization, headers['idempotency-key'], JSON.parse(body.toString()).to],
      ['/sms', 'Bearer secret', KEY, '+8613800000001'],
    );
    for (const [status, why] of [
      [422, 'refused'],
      [500, 'away'],
      [401, 'away'],
      [429, 'away'],
    ] as const) {
      answers = { '/sms': [status, ''] };
      assert.equal((await failureOf(sending('sms', outgoing(['+8613800000001'])))).why, why, String(status));
    }
  });
});

/** The parts of a letter (RFC 2045) by their type, decoded. */
function partsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, type, head, body] of text.matchAll(/Content-Type: (text\/\w+)([\s\S]*?)\n\n([\s\S]*?)\n--/g)) {
    const bytes = /base64/.test(head!)
      ? Buffer.from(body!, 'base64')
      : Buffer.from(
          body!
            .replace(/=\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        );
    found.set(type!, bytes.toString());
  }
  return found;
}

describe('a mailbox', () => {
  it('gets plain text and large type beside it, under one Message-ID for every try', async () => {
    for (let i = 0; i < 2; i++) await sending('email', outgoing(['li@example.org']));
    assert.equal(letters.match(/^Message-ID: <01890000-0000-7000-8000-000000000001@example\.org>$/gim)?.length, 2);
    assert.match(letters, /multipart\/alternative/);
    const decoded = partsOf(letters);
    assert.match(decoded.get('text/plain') ?? '', /https:\/\/yingmen\.example\/requests\/7/);
    assert.match(decoded.get('text/html') ?? '', /<html lang="zh-CN">[\s\S]*font-size:20px/);
  });

  it('that is not there is given up, one that is full is tried again, and neither is named in the reason', async () => {
    const nobody = await failureOf(sending('email', outgoing(['nobody@example.org'])));
    const later = await failureOf(sending('email', outgoing(['later@example.org'])));
    assert.deepEqual([nobody.why, later.why], ['refused', 'away']);
    assert.doesNotMatch(nobody.message, /nobody@/);
  });
});
