import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuseInWords } from './refuse_in_words.ts';

export const DEMO_SCALES = ['none', 'small', 'full'] as const;

/** What the surroundings decide: read once at start from environment variables. */
export type Config = {
  /** PORT, 3000 without it; 0 lets the system choose. */
  port: number;
  /** HOST, this machine alone (127.0.0.1) without it. */
  host: string;
  /** DATA_DIR, `data` in the repository without it: database, files, secrets. */
  data_dir: string;
  /** DATABASE_URL of an external PostgreSQL 17, as a role that may create tables; without it the embedded one is used. */
  database_url: string | undefined;
  /** DEMO: what the first start puts into an empty database. */
  demo: (typeof DEMO_SCALES)[number];
  /** BASE_URL: the address people use, without a slash at the end. */
  base_url: string;
  /** SMTP_URL of a mail server; without it e-mails are only written to the outbox of this machine. */
  smtp_url: string | undefined;
  /** SMS_URL of an HTTP gateway for text messages, and SMS_TOKEN for it; without it they are only written to the outbox. */
  sms_url: string | undefined;
  sms_token: string | undefined;
  /** MAIL_FROM: the sender of e-mails. */
  mail_from: string;
};

export const REPOSITORY = resolve(import.meta.dirname, '..');

/** Reads and checks the settings; each wrong one is refused with a sentence that names it. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port_text = env.PORT || '3000';
  const port = Number(port_text);
  if (!/^\d+$/.test(port_text) || port > 65_535) {
    refuseInWords('config_port', `PORT must be a number from 0 to 65535, not "${port_text}".`, { field: 'PORT' });
  }
  const demo = (env.DEMO || 'small') as Config['demo'];
  if (!DEMO_SCALES.includes(demo)) {
    refuseInWords('config_demo', `DEMO must be one of ${DEMO_SCALES.join(', ')}, not "${demo}".`, { field: 'DEMO' });
  }
  const host = env.HOST || '127.0.0.1';
  const base_url = checkedUrl('BASE_URL', env.BASE_URL, ['http:', 'https:'])?.replace(/\/+$/, '');
  const address = base_url ?? `http://localhost:${port}`;
  return {
    port,
    host,
    data_dir: env.DATA_DIR ? resolve(env.DATA_DIR) : join(REPOSITORY, 'data'),
    database_url: checkedUrl('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
    demo,
    base_url: address,
    smtp_url: checkedUrl('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']),
    sms_url: checkedUrl('SMS_URL', env.SMS_URL, ['http:', 'https:']),
    sms_token: env.SMS_TOKEN || undefined,
    mail_from: env.MAIL_FROM || `yingmen@${new URL(address).hostname}`,
  };
}

/** Makes the data folder when missing; refused when it cannot be made or written. */
export function openDataFolder(data_dir: string): void {
  try {
    mkdirSync(data_dir, { recursive: true });
    accessSync(data_dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    refuseInWords(
      'folder_not_writable',
      `The data folder ${data_dir} cannot be written (${reason}): change its permissions, or set DATA_DIR to another folder.`,
      { field: 'DATA_DIR' },
    );
  }
}

function checkedUrl(name: string, text: string | undefined, protocols: string[]): string | undefined {
  if (!text) return undefined;
  if (!protocols.includes(URL.parse(text)?.protocol ?? '')) {
    // The value may hold a password, so it is not repeated.
    refuseInWords('config_url', `${name} must be an address that begins with ${protocols.join('// or ')}//.`, {
      field: name,
    });
  }
  return text;
}
