import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

export type Message = { channel: 'sms' | 'email'; to: string; text: string };

/** The way out to phones and mailboxes: one gateway, chosen at start. A gateway throws when it could not pass it on. */
export type Messenger = {
  /** False for the default, which only writes to this machine; pages then say where to look. */
  leaves_this_machine: boolean;
  send(message: Message): Promise<void>;
};

const OUTBOX = 'outbox.jsonl';

/** The default gateway: prints each message to the terminal and keeps it in the data folder, for the page /outbox. */
export function localMessenger(data_dir: string, print: (line: string) => void = () => {}): Messenger {
  return {
    leaves_this_machine: false,
    async send(message) {
      const line = JSON.stringify({ at: new Date().toISOString(), ...message });
      await appendFile(join(data_dir, OUTBOX), `${line}\n`, { mode: 0o600 });
      print(`✉ ${message.channel} to ${message.to}: ${message.text}`);
    },
  };
}

/**
 * Sends e-mail through a mail server (`smtp://` or `smtps://`, with user and password in the address) and passes
 * everything else on to `otherwise`, which also says where codes by text message are to be found.
 */
export function mailMessenger(smtp_url: string, from: string, otherwise: Messenger): Messenger {
  const transport = createTransport(smtp_url, { from });
  return {
    leaves_this_machine: otherwise.leaves_this_machine,
    async send(message) {
      if (message.channel !== 'email') return otherwise.send(message);
      await transport.sendMail({ to: message.to, subject: subjectOf(message.text), text: message.text });
    },
  };
}

const SUBJECT_LENGTH = 60;

/** The beginning of the text without its address, on one line. */
function subjectOf(text: string): string {
  const plain = text
    .replace(/https?:\S+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s：:，,]+$/, '');
  return [...plain].slice(0, SUBJECT_LENGTH).join('');
}

/** The latest messages of the default gateway, newest first. */
export async function readOutbox(data_dir: string, limit: number): Promise<(Message & { at: string })[]> {
  const text = await readFile(join(data_dir, OUTBOX), 'utf8').catch(() => '');
  const lines = text.trim().split('\n').filter(Boolean);
  return lines
    .slice(-limit)
    .reverse()
    .map((line) => JSON.parse(line));
}
