import { sql } from 'kysely';
import type { Channel } from './channels/channel.ts';
import type { Rhythm } from './channels/rhythm.ts';
import type { Ctx } from './context.ts';
import type { Notice } from './notify.ts';
import type { QuietHours } from './quiet_hours.ts';

export type NoticePreferences = QuietHours & { channel: Channel | 'none' };

/** What holds for whoever never chose: a text message, and none from ten at night to seven in the morning. */
export const USUAL = { channel: 'sms', quiet_from_minute: 1320, quiet_until_minute: 420 } as const;

export async function insertNotice(
  ctx: Ctx,
  { vars, subject, ...notice }: Notice & { id: string; cause_id: string; kind: string; is_urgent: boolean },
): Promise<void> {
  await ctx.tx
    .insertInto('notices')
    .values({
      ...notice,
      community_id: ctx.community.id,
      vars: JSON.stringify(vars),
      subject_kind: subject.kind,
      subject_id: subject.id,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type NoticeRow = {
  id: string;
  template: string;
  vars: Record<string, string | number>;
  kind: string;
  subject_kind: string;
  subject_id: string;
  created_at: Date;
  read_at: Date | null;
  /** How it fares on its way out of here, one a channel. */
  deliveries: { channel: Channel; state: string }[];
};

export async function noticesOf(ctx: Ctx, personId: string, limit: number): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.id, n.template, n.vars, n.kind, n.subject_kind, n.subject_id, n.created_at, n.read_at,
      (select coalesce(json_agg(json_build_object('channel', d.channel, 'state', d.state) order by d.channel), '[]')
        from delivery_notices dn join deliveries d on d.community_id = dn.community_id and d.id = dn.delivery_id
        where dn.community_id = n.community_id and dn.notice_id = n.id and dn.recipient_id = n.person_id) as deliveries
    from notices n where n.community_id = ${ctx.community.id} and n.person_id = ${personId}
    order by n.created_at desc, n.id desc limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function markNoticesRead(ctx: Ctx, personId: string): Promise<void> {
  await ctx.tx
    .updateTable('notices')
    .set({ read_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .execute();
}

export async function markRead(ctx: Ctx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.tx
    .updateTable('notices')
    .set({ read_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .where('read_at', 'is', null)
    .execute();
}

export async function preferencesOf(ctx: Pick<Ctx, 'tx' | 'community'>, personId: string): Promise<NoticePreferences> {
  const row = await ctx.tx
    .selectFrom('notice_preferences')
    .select(['channel', 'quiet_from_minute', 'quiet_until_minute'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return (row as NoticePreferences | undefined) ?? USUAL;
}

export async function writePreferences(ctx: Ctx, person_id: string, quiet: QuietHours): Promise<void> {
  const { quiet_from_minute, quiet_until_minute } = quiet;
  const values = { quiet_from_minute, quiet_until_minute, changed_at: ctx.now };
  await ctx.tx
    .insertInto('notice_preferences')
    .values({ ...values, community_id: ctx.community.id, person_id })
    .onConflict((conflict) => conflict.columns(['community_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export type Choice = { channels: Channel[]; rhythm: Rhythm };

export async function choicesOf(ctx: Pick<Ctx, 'tx' | 'community'>, personId: string): Promise<Map<string, Choice>> {
  const { rows } = await sql<Choice & { kind: string }>`
    select kind, channels, rhythm from notice_choices
    where community_id = ${ctx.community.id} and person_id = ${personId}`.execute(ctx.tx);
  return new Map(rows.map(({ kind, ...choice }) => [kind, choice]));
}

export async function writeChoices(ctx: Ctx, person_id: string, choices: (Choice & { kind: string })[]): Promise<void> {
  await sql`
    insert into notice_choices (community_id, person_id, kind, channels, rhythm, changed_at)
    select ${ctx.community.id}::uuid, ${person_id}::uuid, c.kind, c.channels, c.rhythm, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(choices)}::jsonb) as c (kind text, channels text[], rhythm text)
    on conflict (community_id, person_id, kind) do update
      set channels = excluded.channels, rhythm = excluded.rhythm, changed_at = excluded.changed_at`.execute(ctx.tx);
}

/** Messages that nobody has begun to send over channels that are not wanted any more. */
export async function dropWaiting(ctx: Ctx, personId: string, wanted: Channel[]): Promise<void> {
  await sql`update deliveries set state = 'not_needed'
    where community_id = ${ctx.community.id} and recipient_id = ${personId} and state in ('waiting', 'failed')
      and leased_until is null and channel <> all(${wanted}::text[])`.execute(ctx.tx);
}

/** The ways to a person, masked; null where there is none. */
export async function waysTo(
  ctx: Pick<Ctx, 'tx' | 'community'>,
  personId: string,
): Promise<Record<Channel, string | null>> {
  const { rows } = await sql<Record<Channel, string | null>>`
    with contact as (
      select c.kind, c.value_masked from contact_points c join people p on p.community_id = c.community_id and p.id = c.person_id
      where c.community_id = ${ctx.community.id} and c.person_id = ${personId} and p.erased_at is null
        and c.ended_at is null and c.verified_at is not null order by c.created_at, c.id)
    select (select value_masked from contact where kind = 'phone' limit 1) as sms,
      (select value_masked from contact where kind = 'email' limit 1) as email,
      (select min(service_host) from push_subscriptions
        where community_id = ${ctx.community.id} and person_id = ${personId}) as push,
      (select url_masked from chat_addresses
        where community_id = ${ctx.community.id} and owner_kind = 'person' and owner_id = ${personId}) as chat`.execute(
    ctx.tx,
  );
  return rows[0]!;
}

/** The browsers of a person that show notices. */
export async function subscriptionsOf(ctx: Pick<Ctx, 'tx' | 'community'>, personId: string) {
  return ctx.tx
    .selectFrom('push_subscriptions')
    .select(['id', 'service_host', 'created_at'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute();
}
