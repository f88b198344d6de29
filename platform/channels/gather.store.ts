import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { newId } from '../ids.ts';
import { USUAL } from '../notice.store.ts';
import type { QuietHours } from '../quiet_hours.ts';
import type { Channel } from './channel.ts';
import type { PlannedDelivery } from './gather.ts';
import type { Rhythm } from './rhythm.ts';

type Gathering = Pick<Ctx, 'tx' | 'community' | 'now'>;
export type Gathered = {
  id: string;
  person_id: string;
  cause_id: string | null;
  kind: string;
  is_for_work: boolean;
  read_at: Date | null;
};
type AddressOf = { address_id: string | null; address_masked: string };
export type Reader = {
  person_id: string;
  locale: 'zh-CN' | 'en';
  quiet: QuietHours;
  usual_channels: Channel[];
  choices: Map<string, { channels: Channel[]; rhythm: Rhythm }>;
  addresses: Map<Channel, AddressOf>;
  /** Organisations whose chat group hears of what this person is told because of their post. */
  teams: ({ recipient_id: string } & AddressOf)[];
};

/** The notices of people whose oldest has waited since `before`, or who have an urgent one, locked; another's are left out. */
export async function lockUngathered(ctx: Gathering, before: Date, people: number): Promise<Gathered[]> {
  const { rows } = await sql<Gathered>`
    select id, person_id, cause_id, kind, is_for_work, read_at from notices
    where community_id = ${ctx.community.id} and gathered_at is null and person_id in (
      select person_id from notices where community_id = ${ctx.community.id} and gathered_at is null
      group by person_id having min(created_at) <= ${before} or bool_or(is_urgent) order by min(created_at) limit ${people})
    order by id for update skip locked`.execute(ctx.tx);
  return rows;
}

export async function markGathered(ctx: Gathering, ids: string[]): Promise<void> {
  await sql`update notices set gathered_at = ${ctx.now} where community_id = ${ctx.community.id} and id = any(${ids}::uuid[])`.execute(
    ctx.tx,
  );
}

/** How each of these people is reached: their choices, quiet hours, language and addresses. Nobody who was erased. */
export async function readersOf(ctx: Gathering, person_ids: string[]): Promise<Map<string, Reader>> {
  const community_id = ctx.community.id;
  const { rows: people } = await sql<{
    id: string;
    language: string | null;
    channel: Channel | 'none' | null;
    from: number | null;
    until: number | null;
  }>`
    select p.id, p.languages[1] as language, f.channel, f.quiet_from_minute as "from", f.quiet_until_minute as until
    from people p left join notice_preferences f on f.community_id = p.community_id and f.person_id = p.id
    where p.community_id = ${community_id} and p.id = any(${person_ids}::uuid[]) and p.erased_at is null`.execute(
    ctx.tx,
  );
  const { rows: choices } = await sql<{ person_id: string; kind: string; channels: Channel[]; rhythm: Rhythm }>`
    select person_id, kind, channels, rhythm from notice_choices
    where community_id = ${community_id} and person_id = any(${person_ids}::uuid[])`.execute(ctx.tx);
  const { rows: addresses } = await sql<AddressOf & { person_id: string; channel: Channel }>`
    select * from (select distinct on (person_id, kind) person_id, case kind when 'phone' then 'sms' else 'email' end as channel,
        id as address_id, value_masked as address_masked
      from contact_points where community_id = ${community_id} and person_id = any(${person_ids}::uuid[])
        and kind in ('phone', 'email') and ended_at is null and verified_at is not null
      order by person_id, kind, created_at, id) contact
    union all select person_id, 'push', null, min(service_host) from push_subscriptions
      where community_id = ${community_id} and person_id = any(${person_ids}::uuid[]) group by person_id
    union all select owner_id, 'chat', id, url_masked from chat_addresses
      where community_id = ${community_id} and owner_kind = 'person' and owner_id = any(${person_ids}::uuid[])`.execute(
    ctx.tx,
  );
  const { rows: teams } = await sql<AddressOf & { person_id: string; recipient_id: string }>`
    select distinct g.person_id, a.owner_id as recipient_id, a.id as address_id, a.url_masked as address_masked
    from role_grants g join chat_addresses a on a.community_id = g.community_id and a.owner_id = g.scope_id
      and a.owner_kind = 'organisation'
    where g.community_id = ${community_id} and g.person_id = any(${person_ids}::uuid[])
      and g.scope_kind = 'organisation' and g.ended_at is null`.execute(ctx.tx);
  const readers = new Map<string, Reader>();
  for (const person of people)
    readers.set(person.id, {
      person_id: person.id,
      locale: person.language === 'en' ? 'en' : 'zh-CN',
      quiet: {
        quiet_from_minute: person.from ?? USUAL.quiet_from_minute,
        quiet_until_minute: person.until ?? USUAL.quiet_until_minute,
      },
      usual_channels: person.channel === 'none' ? [] : [person.channel ?? USUAL.channel],
      choices: new Map(),
      addresses: new Map(),
      teams: [],
    });
  for (const { person_id, kind, ...choice } of choices) readers.get(person_id)?.choices.set(kind, choice);
  for (const { person_id, channel, ...address } of addresses) readers.get(person_id)?.addresses.set(channel, address);
  for (const { person_id, ...team } of teams) readers.get(person_id)?.teams.push(team);
  return readers;
}

/**
 * Writes messages and what they take along. A message that is there already is joined while nobody has begun to send it:
 * its row is locked until this transaction ends, and senders read the notices after they have the row. Past that, what is
 * left becomes a message of its own.
 */
export async function writeDeliveries(ctx: Gathering, planned: PlannedDelivery[]): Promise<void> {
  if (planned.length === 0) return;
  const written = await insertDeliveries(ctx, planned);
  const late = planned.filter((one) => !written.has(one.id)).map((one) => ({ ...one, id: newId() }));
  if (late.length > 0) await insertDeliveries(ctx, late);
  const rows = [...planned.filter((one) => written.has(one.id)), ...late].flatMap((one) =>
    one.notices.map((notice) => ({
      cause_id: notice.cause_id,
      recipient_id: one.recipient_id,
      channel: one.channel,
      notice_id: notice.id,
      delivery_id: one.id,
    })),
  );
  await sql`
    insert into delivery_notices (community_id, cause_id, recipient_id, channel, notice_id, delivery_id)
    select ${ctx.community.id}::uuid, r.cause_id, r.recipient_id, r.channel, r.notice_id, r.delivery_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (cause_id uuid, recipient_id uuid, channel text, notice_id uuid, delivery_id uuid)
    on conflict do nothing`.execute(ctx.tx);
}

async function insertDeliveries(ctx: Gathering, planned: PlannedDelivery[]): Promise<Set<string>> {
  const rows = planned.map(({ notices: _, ...row }) => row);
  const { rows: written } = await sql<{ id: string }>`
    insert into deliveries (community_id, id, channel, recipient_id, address_id, address_masked, locale, state, created_at, due_at)
    select ${ctx.community.id}::uuid, r.id, r.channel, r.recipient_id, r.address_id, r.address_masked, r.locale, 'waiting', ${ctx.now}, r.due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, channel text, recipient_id uuid, address_id uuid, address_masked text, locale text, due_at timestamptz)
    on conflict (community_id, id) do update set due_at = excluded.due_at
      where deliveries.state = 'waiting' and deliveries.attempts = 0 and deliveries.leased_until is null
    returning id`.execute(ctx.tx);
  return new Set(written.map((row) => row.id));
}
