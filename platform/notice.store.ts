import { sql, type Transaction } from 'kysely';
import type { Community, Ctx } from './context.ts';
import { type FieldKeys, seal } from './crypto.ts';
import type { DB } from './db.generated.ts';
import type { Notice } from './notify.ts';
import type { QuietHours } from './quiet_hours.ts';

export type Channel = 'sms' | 'email' | 'none';
export type NoticePreferences = QuietHours & { channel: Channel };

/** What holds for whoever never chose: a text message, and none from ten at night to seven in the morning. */
export const USUAL: NoticePreferences = { channel: 'sms', quiet_from_minute: 1320, quiet_until_minute: 420 };

export async function insertNotice(ctx: Ctx, { vars, subject, ...notice }: Notice & { id: string }): Promise<void> {
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
  subject_kind: string;
  subject_id: string;
  created_at: Date;
  read_at: Date | null;
};

export async function noticesOf(ctx: Ctx, personId: string, limit: number): Promise<NoticeRow[]> {
  const rows = await ctx.tx
    .selectFrom('notices')
    .select(['id', 'template', 'vars', 'subject_kind', 'subject_id', 'created_at', 'read_at'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows as NoticeRow[];
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

export async function preferencesOf(ctx: Pick<Ctx, 'tx' | 'community'>, personId: string): Promise<NoticePreferences> {
  const row = await ctx.tx
    .selectFrom('notice_preferences')
    .select(['channel', 'quiet_from_minute', 'quiet_until_minute'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return (row as NoticePreferences | undefined) ?? USUAL;
}

export async function writePreferences(ctx: Ctx, person_id: string, chosen: NoticePreferences): Promise<void> {
  const values = { ...chosen, changed_at: ctx.now };
  await ctx.tx
    .insertInto('notice_preferences')
    .values({ ...values, community_id: ctx.community.id, person_id })
    .onConflict((conflict) => conflict.columns(['community_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export type Address = { contact_id: string; value_sealed: Buffer; value_masked: string; language: string };

/** Where a person can be reached over a channel: the oldest verified contact point of that kind. */
export async function addressOf(
  ctx: Pick<Ctx, 'tx' | 'community'>,
  personId: string,
  channel: 'sms' | 'email',
): Promise<Address | undefined> {
  const kind = channel === 'sms' ? 'phone' : 'email';
  const { rows } = await sql<Address>`
    select c.id as contact_id, c.value_sealed, c.value_masked, coalesce(p.languages[1], 'zh-CN') as language
    from people p join contact_points c on c.community_id = p.community_id and c.person_id = p.id and c.kind = ${kind}
      and c.ended_at is null and c.verified_at is not null
    where p.community_id = ${ctx.community.id} and p.id = ${personId} and p.erased_at is null
    order by c.created_at, c.id limit 1`.execute(ctx.tx);
  return rows[0];
}

type Delivering = { tx: Transaction<DB>; community: Community; now: Date; keys: FieldKeys };

/** The unread notices that no message has taken along yet, locked; those of the last day only, since old news is no news. */
export async function lockWaiting(ctx: Delivering, personId: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('notices')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('delivery_id', 'is', null)
    .where('read_at', 'is', null)
    .where('created_at', '>', new Date(ctx.now.getTime() - 86_400_000))
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

export async function insertDelivery(
  ctx: Delivering,
  delivery: { id: string; channel: 'sms' | 'email'; to: string; masked: string; text: string },
  noticeIds: string[],
): Promise<void> {
  const { id, channel, to, masked, text } = delivery;
  await ctx.tx
    .insertInto('deliveries')
    .values({
      ...{ id, channel, text },
      community_id: ctx.community.id,
      notice_id: noticeIds[0]!,
      address_sealed: seal(ctx.keys, deliveryPlace(id), to),
      address_masked: masked,
      state: 'waiting',
      created_at: ctx.now,
    })
    .execute();
  await ctx.tx
    .updateTable('notices')
    .set({ delivery_id: id })
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', noticeIds)
    .execute();
}

export const deliveryPlace = (id: string) => `deliveries/address/${id}`;

export async function waitingDeliveries(ctx: Pick<Delivering, 'tx' | 'community'>, personId: string) {
  const { rows } = await sql<{ id: string }>`
    select d.id from deliveries d where d.community_id = ${ctx.community.id} and d.state = 'waiting' and exists (
      select 1 from notices n where n.community_id = d.community_id and n.id = d.notice_id and n.person_id = ${personId})
    order by d.created_at`.execute(ctx.tx);
  return rows.map((row) => row.id);
}

/** A delivery for this worker alone until its transaction ends; none when another has it or it is settled. */
export async function takeDelivery(ctx: Pick<Delivering, 'tx' | 'community'>, id: string) {
  return ctx.tx
    .selectFrom('deliveries')
    .select(['id', 'channel', 'address_sealed', 'text', 'attempts'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function settleDelivery(
  ctx: Pick<Delivering, 'tx' | 'community'>,
  id: string,
  change: { state: 'waiting' | 'sent' | 'failed'; attempts: number; last_error?: string; sent_at?: Date },
): Promise<void> {
  await ctx.tx
    .updateTable('deliveries')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
