import webpush from 'web-push';
import { z } from 'zod';
import { GatewayRefusal, type Messenger } from '../messenger.ts';
import { askOutside } from '../post_outside.ts';
import type { PushKeys } from '../secrets.ts';
import { ChannelFailure, demandSuccess, type Outgoing, type Provider, type Providers } from './channel.ts';

const PATIENCE_MS = 10_000;

type Options = { messenger: Messenger; push_keys: PushKeys; contact: string };

/** The providers of an installation: its gateway for phones and mailboxes, the browsers' push services, robots of chats. */
export function openProviders({ messenger, push_keys, contact }: Options): Providers {
  return {
    sms: gatewayProvider(messenger, 'sms'),
    email: gatewayProvider(messenger, 'email'),
    push: pushProvider(push_keys, contact),
    chat: chatProvider(),
  };
}

function gatewayProvider(messenger: Messenger, channel: 'sms' | 'email'): Provider {
  return {
    keeps_keys: messenger.keeps_keys?.includes(channel) ?? false,
    concurrency: 8,
    // Longer than the gateway's own, so that its reason is heard.
    patience_ms: PATIENCE_MS + 2000,
    async send({ destinations, text, subject, html, key }) {
      const to = destinations[0]!.value;
      const mail = channel === 'email' ? { subject, html } : {};
      await messenger.send({ channel, to, text, key, ...mail }).catch((error: unknown) => {
        const isFinal = error instanceof GatewayRefusal && error.is_final;
        throw new ChannelFailure(isFinal ? 'refused' : 'away', withoutAddress(String(error), to));
      });
      return { gone_ids: [] };
    },
  };
}

/** Gateways like to repeat whom they were given; the desk sees the reason and must not see the address. */
const withoutAddress = (reason: string, address: string) => reason.replaceAll(address, '•••');

export const subscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/), auth: z.string().regex(/^[\w-]{20,30}={0,2}$/) }),
});
export type Subscription = z.infer<typeof subscription>;

const DAY_SECONDS = 86_400;

/**
 * Web push (RFC 8030, 8291, 8292). The Topic and the tag are the key of the message: a repeat takes the place of the
 * first one, at the push service or on the screen. Delivered when one of the person's browsers has it.
 */
function pushProvider(keys: PushKeys, contact: string): Provider {
  const vapidDetails = { subject: contact, publicKey: keys.public_key, privateKey: keys.private_key };
  const sendTo = async (target: Subscription, { push, key, inside }: Outgoing): Promise<void> => {
    const topic = key.replaceAll('-', '');
    const options = { vapidDetails, topic, TTL: DAY_SECONDS, contentEncoding: 'aes128gcm' as const };
    const { endpoint, headers, body } = webpush.generateRequestDetails(target, JSON.stringify(push), options);
    const { status } = await askOutside(new URL(endpoint), {
      headers: headers as Record<string, string>,
      body: body ?? Buffer.alloc(0),
      inside,
      patience_ms: PATIENCE_MS,
    });
    if (status === 404 || status === 410) throw new Gone();
    demandSuccess(status);
  };
  return {
    keeps_keys: true,
    concurrency: 16,
    patience_ms: PATIENCE_MS + 2000,
    async send(message) {
      const gone_ids: string[] = [];
      let failure: unknown;
      let sent = 0;
      const attempts = message.destinations.map(async ({ id, value }) => {
        try {
          await sendTo(JSON.parse(value) as Subscription, message);
          sent += 1;
        } catch (error) {
          if (error instanceof Gone) gone_ids.push(id);
          else failure = error;
        }
      });
      await Promise.all(attempts);
      if (sent > 0) return { gone_ids };
      if (failure === undefined) throw new ChannelFailure('refused', 'every subscription is gone', gone_ids);
      const why = failure instanceof ChannelFailure ? failure.why : 'away';
      throw new ChannelFailure(why, hostAlone(failure, message), gone_ids);
    },
  };
}

class Gone extends Error {}

/** The endpoint of a browser is a secret of its own. */
function hostAlone(error: unknown, { destinations }: Outgoing): string {
  let reason = error instanceof Error ? error.message : String(error);
  for (const { value } of destinations) reason = withoutAddress(reason, (JSON.parse(value) as Subscription).endpoint);
  return reason;
}

const ANSWER_BYTES = 4096;
// A WeChat Work robot takes 4,096 bytes of markdown.
const MARKDOWN_BYTES = 4000;
// “System busy” and “called too often”: these pass, any other error of the robot is for good.
const PASSING = [-1, 45009, 45033];

/** The robot of a chat group, in the form of WeChat Work: JSON with markdown, answered by `errcode`. It has no key for a repeat. */
function chatProvider(): Provider {
  return {
    keeps_keys: false,
    concurrency: 4,
    patience_ms: PATIENCE_MS + 2000,
    async send({ destinations, markdown, inside }) {
      const url = destinations[0]!.value;
      const content = shorten(markdown, MARKDOWN_BYTES);
      const asked = await askOutside(new URL(url), {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
        ...{ inside, patience_ms: PATIENCE_MS, answer_bytes: ANSWER_BYTES },
      }).catch((error: unknown) => {
        throw new ChannelFailure('away', withoutAddress(String(error), url));
      });
      demandSuccess(asked.status);
      const errcode = errcodeOf(asked.body);
      if (errcode === 0) return { gone_ids: [] };
      throw new ChannelFailure(PASSING.includes(errcode) ? 'away' : 'refused', `the robot answered errcode ${errcode}`);
    },
  };
}

/** Robots of other makers answer without an `errcode`; their status has said yes. */
function errcodeOf(body: string): number {
  try {
    const { errcode } = JSON.parse(body) as { errcode?: unknown };
    return typeof errcode === 'number' ? errcode : 0;
  } catch {
    return 0;
  }
}

/** Whole lines of a text, as many as fit into so many bytes. */
function shorten(text: string, bytes: number): string {
  let kept = '';
  for (const line of text.split('\n')) {
    if (Buffer.byteLength(`${kept}\n${line}`) > bytes) break;
    kept = kept ? `${kept}\n${line}` : line;
  }
  return kept;
}
