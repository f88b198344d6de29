import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { type Message, mailMessenger } from './messenger.ts';

/** A mail server that says yes to everything and keeps what it was told. */
function mailServer() {
  const heard: string[] = [];
  const server = createServer((socket) => {
    let inBody = false;
    socket.setEncoding('utf8').write('220 test\r\n');
    socket.on('data', (chunk: string) => {
      heard.push(chunk);
      if (inBody) {
        if (!chunk.endsWith('\r\n.\r\n')) return;
        inBody = false;
        socket.write('250 kept\r\n');
      } else if (/^DATA/i.test(chunk)) {
        inBody = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 yes\r\n');
    });
  });
  const port = new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  return { heard, port, close: () => server.close() };
}

const server = mailServer();
after(() => server.close());

test('e-mail goes to the mail server, text messages go the other way', async () => {
  const others: Message[] = [];
  const otherwise = { leaves_this_machine: false, send: async (message: Message) => void others.push(message) };
  const messenger = mailMessenger(`smtp://127.0.0.1:${await server.port}`, 'desk@example.org', otherwise);
  await messenger.send({ channel: 'email', to: 'li@example.org', text: 'Test: 2 pieces of news. http://localhost/me' });
  await messenger.send({ channel: 'sms', to: '+8613800000001', text: '您好' });
  const mail = server.heard.join('');
  assert.match(mail, /RCPT TO:<li@example\.org>/);
  assert.match(mail, /From: desk@example\.org/);
  assert.match(mail, /Subject: Test: 2 pieces of news\.\r\n/);
  assert.match(mail, /http:\/\/localhost\/me/);
  assert.deepEqual(others, [{ channel: 'sms', to: '+8613800000001', text: '您好' }]);
});
