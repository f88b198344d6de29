import { z } from 'zod';
import { principalOf } from './actor.ts';
import { command } from './command.ts';
import { markNoticesRead, noticesOf } from './notify.ts';
import { query } from './query.ts';
import { refuse } from './refusal.ts';

const SHOWN = 50;

/** Word that waits for me, newest first. */
export const my_notices = query({
  name: 'platform.my_notices',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    return noticesOf(ctx, principalOf(ctx.actor), SHOWN);
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
