import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { postOutside } from './post_outside.ts';

/** `subject` and `html` are for mailboxes; `key` is the same for every attempt at one message. */
export type Message = {
  channel: 'sms' | 'email';
  to: string;
  text: string;
  subject?: string;
  html?: string;
  key?: string;
};

/** The way out to phones and mailboxes: one gateway, chosen at start. A gateway throws when it could not pass it on. */
export type Messenger = {
  /** False for the default, which only writes to this machine; pages then say where to look. */
  leaves_this_machine: boolean;
  /** The channels whose gateway passes a message with the same key on once; none without it. */
  keeps_keys?: readonly Message['channel'][];
  send(message: Message): Promise<void>;
};

/** An answer that says no. `is_final` when this recipient will be refused again. */
export class GatewayRefusal extends Error {
  readonly is_final: boolean;
  constructor(message: string, is_final: boolean) {
    super(message);
    this.is_final = is_final;
  }
}

const PATIENCE_MS = 10_000;
const OUTBOX = 'outbox.jsonl';

/** The default gateway: prints each message to the terminal and keeps it in the data folder, for the page /outbox. */
export function localMessenger(data_dir: string, print: (line: string) => void = () => {}): Messenger {
  return {
    leaves_this_machine: false,
    async send({ channel, to, text }) {
      const line = JSON.stringify({ at: new Date().toISOString(), channel, to, text });
      await appendFile(join(data_dir, OUTBOX), `${line}\n`, { mode: 0o600 });
      print(`✉ ${channel} to ${to}: ${text}`);
    },
  };
}

/**
 * Sends e-mail through a mail server (`smtp://` or `smtps://`, with user and password in the address) and passes
 * everything else on to `otherwise`, which also says where codes by text message are to be found. SMTP has no key for a
 * repeat; the Message-ID is the same for every attempt, by which many mailboxes show it once.
 */
export function mailMessenger(smtp_url: string, from: string, otherwise: Messenger): Messenger {
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const transport = createTransport({ url: smtp_url, ...patience }, { from });
  const host = from.replace(/^.*@|>.*$/g, '');
  return {
    ...otherwise,
    async send(message) {
      if (message.channel !== 'email') return otherwise.send(message);
      const { to, text, html, key } = message;
      const messageId = key && `<${key}@${host}>`;
      try {
        await transport.sendMail({ to, text, html, messageId, subject: message.subject ?? subjectOf(text) });
      } catch (error) {
        const { responseCode, message: reason } = error as Error & { responseCode?: number };
        // 5yz to the recipient or the message is for good (RFC 5321, 4.2.1); 421, 4yz and no answer may pass.
        throw new GatewayRefusal(reason, responseCode !== undefined && responseCode >= 550 && responseCode <= 554);
      }
    },
  };
}

/**
 * Sends text messages through an HTTP gateway: POST of JSON `{to, text}` with a bearer token and the header
 * `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header); the gateway sends one message a key, and answers 2xx.
 */
export function smsMessenger(sms_url: string, token: string | undefined, otherwise: Messenger): Messenger {
  return {
    leaves_this_machine: true,
    keeps_keys: ['sms', ...(otherwise.keeps_keys ?? [])],
    async send(message) {
      if (message.channel !== 'sms') return otherwise.send(message);
      const { to, text, key } = message;
      const headers = {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(key && { 'idempotency-key': key }),
      };
      // The address is the installation's own choice, so it may lie inside.
      const sending = { headers, body: JSON.stringify({ to, text }), inside: true, patience_ms: PATIENCE_MS };
      const status = await postOutside(new URL(sms_url), sending);
      if (status >= 200 && status < 300) return;
      throw new GatewayRefusal(`answered ${status}`, status === 400 || status === 404 || status === 422);
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
