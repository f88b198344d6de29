import { setTimeout as sleep } from 'node:timers/promises';
import type { Community } from '../context.ts';
import type { Environment } from '../environment.ts';
import { idFrom } from '../ids.ts';
import { isUrgent, type NoticeKind } from '../notice_kinds.ts';
import type { Channel } from './channel.ts';
import {
  type Gathered,
  lockUngathered,
  markGathered,
  type Reader,
  readersOf,
  writeDeliveries,
} from './gather.store.ts';
import { dueAt, type Rhythm } from './rhythm.ts';

/** Several notices within this time go out as one message. */
export const GROUP_MINUTES = 10;
const PEOPLE_AT_ONCE = 500;

/** One message to be: to whom, how, when, and the notices it takes along. */
export type PlannedDelivery = {
  id: string;
  channel: Channel;
  recipient_id: string;
  address_id: string | null;
  address_masked: string;
  locale: 'zh-CN' | 'en';
  due_at: Date;
  notices: { id: string; cause_id: string }[];
};

/**
 * Which messages the notices of a person become: by the channels and rhythm they chose for each kind, outside quiet hours,
 * those that are due together as one. The id is made of recipient, channel and time, so that notices gathered later join
 * the message that waits for the same time. Pure; linear in notices × channels.
 */
export function planDeliveries(
  notices: Gathered[],
  reader: Reader,
  community: Community,
  now: Date,
): PlannedDelivery[] {
  const planned = new Map<string, PlannedDelivery>();
  const add = (
    notice: Gathered,
    channel: Channel,
    to: Omit<PlannedDelivery, 'id' | 'channel' | 'due_at' | 'notices'>,
    due_at: Date,
  ) => {
    const id = idFrom('delivery', to.recipient_id, channel, due_at.toISOString());
    const found = planned.get(id) ?? { id, channel, due_at, ...to, notices: [] };
    found.notices.push({ id: notice.id, cause_id: notice.cause_id ?? notice.id });
    planned.set(id, found);
  };
  for (const notice of notices) {
    if (notice.read_at) continue;
    const urgent = isUrgent(notice.kind as NoticeKind, community);
    const choice = reader.choices.get(notice.kind) ?? { channels: reader.usual_channels, rhythm: 'at_once' as Rhythm };
    const due_at = dueAt(now, choice.rhythm, reader.quiet, community.time_zone, urgent);
    for (const channel of choice.channels) {
      const address = reader.addresses.get(channel);
      if (!address) continue;
      add(notice, channel, { recipient_id: reader.person_id, locale: reader.locale, ...address }, due_at);
    }
    if (!notice.is_for_work) continue;
    // A group at work hears at once; what a member is told as a resident is none of its business.
    for (const team of reader.teams) add(notice, 'chat', { ...team, locale: 'zh-CN' }, now);
  }
  return [...planned.values()];
}

/** Writes down the messages of up to so many people whose notices have waited long enough, and says of how many. */
function gatherSome(environment: Environment, community: Community): Promise<number> {
  const now = environment.clock();
  return environment.database
    .of(community.id)
    .transaction()
    .execute(async (tx) => {
      const ctx = { tx, community, now };
      const before = new Date(now.getTime() - GROUP_MINUTES * 60_000);
      const notices = await lockUngathered(ctx, before, PEOPLE_AT_ONCE);
      if (notices.length === 0) return 0;
      const byPerson = Map.groupBy(notices, (notice) => notice.person_id);
      const readers = await readersOf(ctx, [...byPerson.keys()]);
      const planned: PlannedDelivery[] = [];
      for (const [person_id, theirs] of byPerson) {
        const reader = readers.get(person_id);
        if (reader) planned.push(...planDeliveries(theirs, reader, community, now));
      }
      await writeDeliveries(ctx, mergeSame(planned));
      await markGathered(
        ctx,
        notices.map((notice) => notice.id),
      );
      return byPerson.size;
    });
}

/** Members of one team bring the same message: it is planned once, with the notices of all of them. */
function mergeSame(planned: PlannedDelivery[]): PlannedDelivery[] {
  const merged = new Map<string, PlannedDelivery>();
  for (const one of planned) {
    const found = merged.get(one.id);
    if (found) found.notices.push(...one.notices);
    else merged.set(one.id, one);
  }
  return [...merged.values()];
}

/**
 * Gathers until nothing that is old enough waits; safe to repeat and to run twice at once. Says of how many people.
 * After each batch it says so, and rests for as long as that took, so that pages get at least as much of the process as it does.
 */
export async function gather(
  environment: Environment,
  community: Community,
  gathered: () => void = () => {},
): Promise<number> {
  for (let total = 0; ; ) {
    const began = performance.now();
    const people = await gatherSome(environment, community);
    total += people;
    if (people === 0) return total;
    gathered();
    await sleep(performance.now() - began);
  }
}
