import { z } from 'zod';
import { principalOf } from './actor.ts';
import { ownWays, wayPlace } from './channels/address.store.ts';
import { CHANNELS } from './channels/channel.ts';
import { RHYTHMS, type Rhythm } from './channels/rhythm.ts';
import { command } from './command.ts';
import type { Ctx } from './context.ts';
import { open } from './crypto.ts';
import {
  choicesOf,
  dropWaiting,
  markNoticesRead,
  noticesOf,
  preferencesOf,
  subscriptionsOf,
  waysTo,
  writeChoices,
  writePreferences,
} from './notice.store.ts';
import { isUrgent, NOTICE_KIND_NAMES } from './notice_kinds.ts';
import { query } from './query.ts';
import { notFound, refuse } from './refusal.ts';

const SHOWN = 50;

/** Word that waits for me, newest first. */
export const my_notices = query({
  name: 'platform.my_notices',
  reads: 'own',
  input: z.object({ limit: z.number().int().min(1).max(500).default(SHOWN) }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    return noticesOf(ctx, principalOf(ctx.actor), input.limit);
  },
});

export const read_notices = command({
  name: 'platform.read_notices',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    await markNoticesRead(ctx, principalOf(ctx.actor));
    return {};
  },
});

/** How I am told of each kind of notice, and which ways there are to me (masked). */
export const my_notice_preferences = query({
  name: 'platform.my_notice_preferences',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    const me = ownSelf(ctx);
    const { channel, ...quiet } = await preferencesOf(ctx, me);
    const chosen = await choicesOf(ctx, me);
    const usual = { channels: channel === 'none' ? [] : [channel], rhythm: 'at_once' as Rhythm };
    return {
      ...quiet,
      choices: NOTICE_KIND_NAMES.map((kind) => ({
        kind,
        is_urgent: isUrgent(kind, ctx.community),
        ...(chosen.get(kind) ?? usual),
      })),
      ways: await waysTo(ctx, me),
      browsers: await subscriptionsOf(ctx, me),
    };
  },
});

/** Where I am told besides phone and mailbox, in full, and what I chose; for my file. */
export const my_ways = query({
  name: 'platform.my_ways',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    const me = ownSelf(ctx);
    const { browsers, chats } = await ownWays(ctx, me);
    const chosen = await choicesOf(ctx, me);
    return {
      // The keys of a subscription belong to the browser and say nothing of anybody.
      browsers: browsers.map(({ id, sealed, ...shown }) => ({
        ...shown,
        endpoint: (JSON.parse(open(ctx.keys, wayPlace.push(id), sealed)) as { endpoint: string }).endpoint,
      })),
      chats: chats.map(({ id, sealed, created_at }) => ({
        url: open(ctx.keys, wayPlace.chat(id), sealed),
        created_at,
      })),
      choices: [...chosen].map(([kind, choice]) => ({ kind, ...choice })),
      usual: await preferencesOf(ctx, me),
    };
  },
});

const minute = z.number().int().min(0).max(1439);
const choice = z.object({
  kind: z.enum(NOTICE_KIND_NAMES),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  rhythm: z.enum(RHYTHMS),
});

/**
 * Chooses how I am told of each kind. Refused as `no_address` when there is no verified address for a channel. What waits
 * for a channel that no kind uses any more is not sent.
 */
export const set_notice_preferences = command({
  name: 'platform.set_notice_preferences',
  input: z.object({
    choices: z.array(choice).min(1).max(NOTICE_KIND_NAMES.length),
    quiet_from_minute: minute,
    quiet_until_minute: minute,
  }),
  async run(ctx, input) {
    const me = ownSelf(ctx);
    const wanted = [...new Set(input.choices.flatMap((one) => one.channels))];
    const ways = await waysTo(ctx, me);
    const before = new Set([...(await choicesOf(ctx, me)).values()].flatMap((one) => one.channels));
    const { channel: usual } = await preferencesOf(ctx, me);
    const missing = wanted.find((channel) => !ways[channel] && !before.has(channel) && channel !== usual);
    if (missing) refuse('no_address', {}, { field: missing });
    await writePreferences(ctx, me, input);
    await writeChoices(ctx, me, input.choices);
    await dropWaiting(ctx, me, wanted);
    return {};
  },
});

/** How somebody is told is their own choice: nobody chooses it in their name. */
export function ownSelf(ctx: Pick<Ctx, 'actor'>): string {
  if (ctx.actor.kind !== 'person') refuse('sign_in_first');
  if (ctx.actor.on_behalf_of_id) notFound('person', ctx.actor.on_behalf_of_id);
  return ctx.actor.id;
}
