import { z } from 'zod';
import { principalOf } from './actor.ts';
import { command } from './command.ts';
import type { Ctx } from './context.ts';
import { addressOf, markNoticesRead, noticesOf, preferencesOf, writePreferences } from './notice.store.ts';
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

/** How I am told, and which ways there are to me (masked). */
export const my_notice_preferences = query({
  name: 'platform.my_notice_preferences',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    const me = ownSelf(ctx);
    const [phone, email] = [await addressOf(ctx, me, 'sms'), await addressOf(ctx, me, 'email')];
    return {
      ...(await preferencesOf(ctx, me)),
      phone_masked: phone?.value_masked ?? null,
      email_masked: email?.value_masked ?? null,
    };
  },
});

const minute = z.number().int().min(0).max(1439);

/** Chooses how I am told. Refused as `no_address` when there is no verified contact point for the channel. */
export const set_notice_preferences = command({
  name: 'platform.set_notice_preferences',
  input: z.object({ channel: z.enum(['sms', 'email', 'none']), quiet_from_minute: minute, quiet_until_minute: minute }),
  async run(ctx, input) {
    const me = ownSelf(ctx);
    if (input.channel !== 'none' && !(await addressOf(ctx, me, input.channel)))
      refuse('no_address', {}, { field: 'channel' });
    await writePreferences(ctx, me, input);
    return {};
  },
});

/** How somebody is told is their own choice: nobody chooses it in their name. */
function ownSelf(ctx: Ctx): string {
  if (ctx.actor.kind !== 'person') refuse('sign_in_first');
  if (ctx.actor.on_behalf_of_id) notFound('person', ctx.actor.on_behalf_of_id);
  return ctx.actor.id;
}
