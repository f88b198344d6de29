import { z } from 'zod';
import { command } from '../command.ts';
import { fingerprint, seal } from '../crypto.ts';
import { ownSelf } from '../notices.ts';
import { isInside } from '../post_outside.ts';
import { notFound, refuse } from '../refusal.ts';
import { endPush, insertPush, wayPlace } from './address.store.ts';
import { subscription } from './providers.ts';

/**
 * Lets one of my browsers show notices. The same browser again replaces its subscription; whoever used it before is told
 * there no more. Refused as `address_inside` when the push service would lie within our own networks.
 */
export const subscribe_push = command({
  name: 'platform.subscribe_push',
  input: subscription,
  async run(ctx, input) {
    const me = ownSelf(ctx);
    const { hostname, protocol } = new URL(input.endpoint);
    const mayBeInside = ctx.community.settings.webhooks_inside === true;
    if (!mayBeInside && (protocol !== 'https:' || isInside(hostname)))
      refuse('address_inside', {}, { field: 'endpoint' });
    const id = ctx.newId();
    await insertPush(ctx, {
      id,
      person_id: me,
      endpoint_fingerprint: fingerprint(ctx.keys, 'push_subscriptions/endpoint', input.endpoint),
      subscription_sealed: seal(ctx.keys, wayPlace.push(id), JSON.stringify(input)),
      service_host: hostname,
    });
    return { id };
  },
});

/** Ends the notices of one of my browsers. */
export const end_push = command({
  name: 'platform.end_push',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    if (!(await endPush(ctx, ownSelf(ctx), id))) notFound('push_subscription', id);
    return {};
  },
});
