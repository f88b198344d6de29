import { sql } from 'kysely';
import type { Community } from '../context.ts';
import type { Environment } from '../environment.ts';
import type { Channel } from './channel.ts';

type Sending = Pick<Environment, 'database'>;
export type Claimed = {
  id: string;
  channel: Channel;
  recipient_id: string;
  address_id: string | null;
  locale: 'zh-CN' | 'en';
  attempts: number;
  unsure_count: number;
};
export type Line = {
  delivery_id: string;
  template: string;
  vars: Record<string, string | number>;
  subject_kind: string;
  subject_id: string;
};
export type Address = { owner_id: string; id: string; place: string; value_sealed: Buffer };
export type Outcome = {
  id: string;
  state: 'waiting' | 'sent' | 'failed' | 'given_up' | 'not_needed';
  attempts: number;
  last_error: string | null;
  sent_at: Date | null;
  due_at: Date | null;
};

/**
 * Takes messages of a channel that are due, for this sender alone until the lease ends. A message whose lease ran out was
 * being sent when its sender vanished: that is counted, since nobody knows whether it went out.
 */
export async function claimDeliveries(
  { database }: Sending,
  community: Community,
  channel: Channel,
  { now, until, most }: { now: Date; until: Date; most: number },
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update deliveries d set leased_until = ${until}, attempts = d.attempts + 1,
      unsure_count = d.unsure_count + (d.leased_until is not null)::int
    where d.community_id = ${community.id} and d.id in (
      select id from deliveries where community_id = ${community.id} and channel = ${channel}
        and state in ('waiting', 'failed') and due_at <= ${now} and (leased_until is null or leased_until < ${now})
      order by due_at limit ${most} for update skip locked)
    returning d.id, d.channel, d.recipient_id, d.address_id, d.locale, d.attempts, d.unsure_count`.execute(
    database.of(community.id),
  );
  return rows;
}

/** The notices that messages take along, oldest first; what was read meanwhile needs no message. */
export async function linesOf({ database }: Sending, community: Community, ids: string[]): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select dn.delivery_id, n.template, n.vars, n.subject_kind, n.subject_id from delivery_notices dn
      join notices n on n.community_id = dn.community_id and n.id = dn.notice_id
    where dn.community_id = ${community.id} and dn.delivery_id = any(${ids}::uuid[]) and n.read_at is null
    order by n.created_at, n.id`.execute(database.of(community.id));
  return rows;
}

/** Where these messages go now: an address that has ended since is not among them. */
export async function addressesOf(
  { database }: Sending,
  community: Community,
  channel: Channel,
  claimed: Claimed[],
): Promise<Address[]> {
  const db = database.of(community.id);
  const ids = claimed.map((one) => (channel === 'push' ? one.recipient_id : one.address_id));
  if (channel === 'push') {
    const { rows } = await sql<Address>`
      select s.person_id as owner_id, s.id, 'push_subscriptions/subscription/' || s.id as place, s.subscription_sealed as value_sealed
      from push_subscriptions s join people p on p.community_id = s.community_id and p.id = s.person_id and p.erased_at is null
      where s.community_id = ${community.id} and s.person_id = any(${ids}::uuid[])`.execute(db);
    return rows;
  }
  if (channel === 'chat') {
    const { rows } = await sql<Address>`
      select owner_id, id, 'chat_addresses/url/' || id as place, url_sealed as value_sealed
      from chat_addresses where community_id = ${community.id} and id = any(${ids}::uuid[])`.execute(db);
    return rows;
  }
  const { rows } = await sql<Address>`
    select c.person_id as owner_id, c.id, 'contact_points/value/' || c.id as place, c.value_sealed
    from contact_points c join people p on p.community_id = c.community_id and p.id = c.person_id and p.erased_at is null
    where c.community_id = ${community.id} and c.id = any(${ids}::uuid[]) and c.ended_at is null`.execute(db);
  return rows;
}

/** Writes down how messages fared and gives them free; one statement for as many as there are. */
export async function settleDeliveries(
  { database }: Sending,
  community: Community,
  outcomes: Outcome[],
): Promise<void> {
  await sql`
    update deliveries d set state = o.state, attempts = o.attempts, last_error = coalesce(o.last_error, d.last_error), sent_at = o.sent_at,
      due_at = coalesce(o.due_at, d.due_at), leased_until = null
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      as o (id uuid, state text, attempts int, last_error text, sent_at timestamptz, due_at timestamptz)
    where d.community_id = ${community.id} and d.id = o.id and d.state in ('waiting', 'failed')`.execute(
    database.of(community.id),
  );
}

/** Gives messages back that were taken and not sent. */
export async function releaseDeliveries({ database }: Sending, community: Community, ids: string[]): Promise<void> {
  await sql`update deliveries set leased_until = null, attempts = attempts - 1
    where community_id = ${community.id} and id = any(${ids}::uuid[]) and state in ('waiting', 'failed')`.execute(
    database.of(community.id),
  );
}

/** A browser's subscription that its push service no longer knows. */
export async function endSubscriptions({ database }: Sending, community: Community, ids: string[]): Promise<void> {
  await sql`delete from push_subscriptions where community_id = ${community.id} and id = any(${ids}::uuid[])`.execute(
    database.of(community.id),
  );
}
