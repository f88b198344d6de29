import type { Community } from './context.ts';
import { open } from './crypto.ts';
import type { Environment } from './environment.ts';
import { newId } from './ids.ts';
import { writeJobs } from './jobs.ts';
import {
  addressOf,
  deliveryPlace,
  insertDelivery,
  lockWaiting,
  preferencesOf,
  settleDelivery,
  takeDelivery,
  waitingDeliveries,
} from './notice.store.ts';
import { afterQuiet } from './quiet_hours.ts';

const TRIES = 5;
// An error of a gateway may repeat what it was given; only its beginning is kept.
const ERROR_LENGTH = 200;

// Said out of doors: that there is news and where to read it, never what it is.
const OUTSIDE = {
  'zh-CN': (community: string, count: number, url: string) =>
    `【${community}】您关心的事有${count}条新消息，请看：${url}`,
  en: (community: string, count: number, url: string) =>
    `${community}: ${count} ${count === 1 ? 'piece' : 'pieces'} of news on what you asked. ${url}`,
};

/**
 * Sends one message for all unread notices of a person that have not gone out yet, over the channel they chose and
 * outside their quiet hours (in them, the job is put off). The message is written down first and sent after, so a crash
 * between may repeat it but cannot lose it. Throws when the gateway did, until it has been tried 5 times.
 */
export async function deliver(environment: Environment, community: Community, person_id: string): Promise<void> {
  await writeMessage(environment, community, person_id);
  const db = environment.database.of(community.id);
  const waiting = await db.transaction().execute((tx) => waitingDeliveries({ tx, community }, person_id));
  for (const id of waiting) await send(environment, community, id);
}

async function writeMessage(environment: Environment, community: Community, person_id: string): Promise<void> {
  const now = environment.clock();
  await environment.database
    .of(community.id)
    .transaction()
    .execute(async (tx) => {
      const ctx = { tx, community, now, keys: environment.keys };
      const notices = await lockWaiting(ctx, person_id);
      if (notices.length === 0) return;
      const { channel, ...quiet } = await preferencesOf(ctx, person_id);
      const address = channel === 'none' ? undefined : await addressOf(ctx, person_id, channel);
      if (channel === 'none' || !address) return;
      const run_at = afterQuiet(now, quiet, community.time_zone);
      if (run_at > now) {
        const key = `deliver_later/${community.id}/${person_id}`;
        return writeJobs({ tx, community, jobs: [{ task: 'deliver', payload: { person_id }, run_at, key }] });
      }
      const locale = address.language === 'en' ? 'en' : 'zh-CN';
      const text = OUTSIDE[locale](community.names[locale] ?? '', notices.length, `${environment.base_url}/me/notices`);
      const to = open(environment.keys, `contact_points/value/${address.contact_id}`, address.value_sealed);
      await insertDelivery(ctx, { id: newId(), channel, to, masked: address.value_masked, text }, notices);
    });
}

async function send(environment: Environment, community: Community, id: string): Promise<void> {
  const failure = await environment.database
    .of(community.id)
    .transaction()
    .execute(async (tx) => {
      const ctx = { tx, community };
      const delivery = await takeDelivery(ctx, id);
      if (!delivery) return undefined;
      const attempts = delivery.attempts + 1;
      try {
        const to = open(environment.keys, deliveryPlace(id), delivery.address_sealed);
        await environment.messenger.send({ channel: delivery.channel as 'sms' | 'email', to, text: delivery.text });
        await settleDelivery(ctx, id, { state: 'sent', attempts, sent_at: environment.clock() });
        return undefined;
      } catch (error) {
        const isOver = attempts >= TRIES;
        const last_error = String(error).slice(0, ERROR_LENGTH);
        await settleDelivery(ctx, id, { state: isOver ? 'failed' : 'waiting', attempts, last_error });
        return isOver ? undefined : error;
      }
    });
  if (failure) throw failure;
}
