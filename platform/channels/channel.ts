/** The ways out to a person, besides the pages themselves. */
export const CHANNELS = ['sms', 'email', 'push', 'chat'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A message as it leaves: each channel takes of it what it can show. */
export type Outgoing = {
  /** The same for every attempt, so that a provider which keeps keys shows it once. */
  key: string;
  /** Where to: a phone, a mailbox, the address of a robot, or the subscriptions of a person's browsers. */
  destinations: { id: string; value: string }[];
  locale: 'zh-CN' | 'en';
  subject: string;
  text: string;
  html: string;
  markdown: string;
  /** What a browser shows: the sentence of the notice, or how many there are. */
  push: { title: string; body: string; url: string; tag: string; lang: string };
  /** Whether this community lets messages go to addresses within our own networks. */
  inside: boolean;
};

/**
 * Passes messages of one channel on. It throws a `ChannelFailure` when it could not; what it answers names destinations
 * that are gone for good.
 */
export type Provider = {
  /** True when a repeat with the same key reaches nobody twice. */
  keeps_keys: boolean;
  /** How many messages may be under way at once, so that no provider takes more of us than its share. */
  concurrency: number;
  /** How long an answer is waited for. */
  patience_ms: number;
  send(message: Outgoing, signal: AbortSignal): Promise<{ gone_ids: string[] }>;
};

export type Providers = Record<Channel, Provider>;

/** `refused`: this recipient cannot be reached, trying again is no use. `away`: the provider is down, slow or overloaded. */
export class ChannelFailure extends Error {
  readonly why: 'refused' | 'away';
  readonly gone_ids: string[];
  constructor(why: 'refused' | 'away', message: string, gone_ids: string[] = []) {
    super(message);
    this.why = why;
    this.gone_ids = gone_ids;
  }
}

/** Judges an HTTP status: 408, 425, 429 and 5xx may pass, any other that is no success will not. */
export function demandSuccess(status: number): void {
  if (status >= 200 && status < 300) return;
  const passes = status === 408 || status === 425 || status === 429 || status >= 500;
  throw new ChannelFailure(passes ? 'away' : 'refused', `answered ${status}`);
}

const TRIES = 10;
const LONGEST_WAIT_MINUTES = 60;

/** How long a message waits after so many failed attempts, in milliseconds: 1, 2, 4 … 60 minutes; null when it is given up. */
export function waitAfter(attempts: number): number | null {
  return attempts >= TRIES ? null : Math.min(LONGEST_WAIT_MINUTES, 2 ** (attempts - 1)) * 60_000;
}
