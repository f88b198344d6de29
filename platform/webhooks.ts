import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hasRole } from './actor.ts';
import { command } from './command.ts';
import type { Community } from './context.ts';
import { open, seal } from './crypto.ts';
import type { Environment } from './environment.ts';
import { record } from './event.ts';
import { enqueue } from './jobs.ts';
import { isInside, postOutside } from './post_outside.ts';
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
    if (ctx.community.settings.webhooks_inside !== true && isInside(new URL(input.url).hostname))
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
  reads: 'nobody',
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
    response_status = await postOutside(new URL(delivery.url), {
      headers,
      body,
      inside: community.settings.webhooks_inside === true,
      patience_ms: PATIENCE_MS,
    });
    if (response_status < 200 || response_status > 299) throw new Error(`answered ${response_status}`);
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
