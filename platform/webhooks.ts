import { createHmac, randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { hasRole } from './actor.ts';
import { command } from './command.ts';
import type { Community } from './context.ts';
import { open, seal } from './crypto.ts';
import type { Environment } from './environment.ts';
import { record } from './event.ts';
import { enqueue } from './jobs.ts';
import { query } from './query.ts';
import { notFound, refuse } from './refusal.ts';
import {
  endWebhook,
  findDelivery,
  insertWebhook,
  planDeliveries,
  settleDelivery,
  webhooksOf,
} from './webhooks.store.ts';

const PATIENCE_MS = 10_000;
const ATTEMPTS = 12;

/** Tells another system of events. Its secret signs every message; whoever adds it makes the secret, so that no receipt holds it. */
export const add_webhook = command({
  name: 'platform.add_webhook',
  input: z.object({
    url: z.url({ protocol: /^https?$/ }).max(500),
    event_kinds: z
      .array(z.string().regex(/^(\*|[a-z_]+\.[a-z_]+)$/))
      .min(1)
      .max(100),
    secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/),
  }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('webhook', ctx.community.id);
    if (ctx.community.settings.webhooks_inside !== true && isPrivate(new URL(input.url).hostname))
      refuse('address_inside', {}, { field: 'url' });
    const id = ctx.newId<'webhook'>();
    await insertWebhook(ctx, {
      id,
      url: input.url,
      event_kinds: input.event_kinds,
      secret_sealed: seal(ctx.keys, `webhooks/secret/${id}`, input.secret),
    });
    record(ctx, 'webhook.added', { kind: 'webhook', id });
    return { id };
  },
});

export const end_webhook = command({
  name: 'platform.end_webhook',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    if (!hasRole(ctx.actor, 'administrator') || !(await endWebhook(ctx, id))) notFound('webhook', id);
    record(ctx, 'webhook.ended', { kind: 'webhook', id });
    return { id };
  },
});

export const list_webhooks = query({
  name: 'platform.list_webhooks',
  input: z.object({}),
  async run(ctx) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('webhooks', ctx.community.id);
    return webhooksOf(ctx);
  },
});

/** Plans what waits to be told; a command of the system, done every minute where there are webhooks, repeated without harm. */
export const tell_webhooks = command({
  name: 'platform.tell_webhooks',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'system') notFound('webhooks', ctx.community.id);
    const ids = await planDeliveries(ctx);
    for (const delivery_id of ids) {
      enqueue(ctx, {
        task: 'send_webhook',
        payload: { delivery_id },
        key: `webhook/${delivery_id}`,
        max_attempts: ATTEMPTS,
      });
    }
    return { planned: ids.length };
  },
});

export { hasWebhooks } from './webhooks.store.ts';

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The headers of a signed message, as the Standard Webhooks specification 1.0 has them: HMAC-SHA-256 over id, time and body. */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

/** Sends one message; a throw asks the jobs to try again later, ever more slowly. Redirects are not followed. */
export async function sendWebhook(environment: Environment, community: Community, delivery_id: string): Promise<void> {
  const delivery = await findDelivery(environment, community, delivery_id);
  if (!delivery) return;
  const body = JSON.stringify({
    type: delivery.kind,
    timestamp: delivery.at,
    data: {
      community: community.slug,
      id: delivery.event_id,
      subject: { kind: delivery.subject_kind, id: delivery.subject_id },
      ...(delivery.data as object),
    },
  });
  const secret = open(environment.keys, `webhooks/secret/${delivery.webhook_id}`, delivery.secret_sealed);
  const headers = {
    'content-type': 'application/json',
    ...signedHeaders(secret, delivery.id, environment.clock(), body),
  };
  let response_status: number | null = null;
  try {
    if (community.settings.webhooks_inside !== true) await demandOutside(new URL(delivery.url).hostname);
    const answer = await fetch(delivery.url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    response_status = answer.status;
    await answer.body?.cancel();
    if (answer.status < 200 || answer.status > 299) throw new Error(`answered ${answer.status}`);
    await settleDelivery(environment, community, delivery.id, { state: 'sent', response_status, last_error: null });
  } catch (error) {
    await settleDelivery(environment, community, delivery.id, {
      state: 'failed',
      response_status,
      last_error: String(error).slice(0, 500),
    });
    throw error;
  }
}

// Addresses of this machine and of networks behind it (RFC 6890): another system cannot make us knock there.
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

function isPrivate(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  const version = isIP(name);
  if (version === 0)
    return name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local') || !name.includes('.');
  return INSIDE.check(name, version === 4 ? 'ipv4' : 'ipv6');
}

async function demandOutside(host: string): Promise<void> {
  const addresses = await lookup(host, { all: true });
  if (addresses.some(({ address, family }) => INSIDE.check(address, family === 4 ? 'ipv4' : 'ipv6')))
    throw new Error('the address lies inside this network');
}
