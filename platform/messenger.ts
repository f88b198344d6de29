import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** The latest messages of the default gateway, newest first. */
export async function readOutbox(data_dir: string, limit: number): Promise<(Message & { at: string })[]> {
  const text = await readFile(join(data_dir, OUTBOX), 'utf8').catch(() => '');
  const lines = text.trim().split('\n').filter(Boolean);
  return lines
    .slice(-limit)
    .reverse()
    .map((line) => JSON.parse(line));
}
