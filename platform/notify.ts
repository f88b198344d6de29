import { sql } from 'kysely';
import type { Community, Ctx } from './context.ts';
import { open } from './crypto.ts';
import type { Environment } from './environment.ts';
import { idFrom } from './ids.ts';
import { enqueue } from './jobs.ts';

/** Word to a person about a thing. `template` is a locale key under `notices.`; `vars` hold nothing that is not shown anyway. */
export type Notice = { person_id: string; template: string; vars: Record<string, string | number>; subject: { kind: string; id: string } };

/** Several words within this time go out as one message. */
const GROUP_MINUTES = 5;

/** Writes a notice, once for its cause, and asks for it to be delivered after a while together with others. */
export async function notify(ctx: Ctx, notice: Notice, cause_id: string): Promise<void> {
  const { person_id, template, vars, subject } = notice;
  await ctx.tx
    .insertInto('notices')
    .values({
      community_id: ctx.community.id,
      id: idFrom('notice', cause_id, person_id, template),
      person_id,
      template,
      vars: JSON.stringify(vars),
      subject_kind: subject.kind,
      subject_id: subject.id,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const run_at = new Date(ctx.now.getTime() + GROUP_MINUTES * 60_000);
  enqueue(ctx, { task: 'deliver', payload: { person_id }, run_at, key: `deliver/${ctx.community.id}/${person_id}` });
}

export type NoticeRow = { id: string; template: string; vars: Record<string, string | number>; subject_kind: string; subject_id: string; created_at: Date; read_at: Date | null };

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

// Said out of doors: that there is news and where to read it, never what it is.
const OUTSIDE = {
  'zh-CN': (community: string, count: number, url: string) => `【${community}】您关心的事有${count}条新消息，请看：${url}`,
  en: (community: string, count: number, url: string) => `${community}: ${count} ${count === 1 ? 'piece' : 'pieces'} of news on what you asked. ${url}`,
};

/**
 * Sends one message for all unread notices of a person that have not gone out yet. The message is written down first and
 * sent after, so a crash between may repeat it but cannot lose it.
 */
export async function deliver(environment: Environment, community: Community, person_id: string): Promise<void> {
  const db = environment.database.of(community.id);
  const { rows } = await sql<{ count: number; newest: string | null; language: string | null; contact_id: string | null; value_sealed: Buffer | null; value_masked: string | null }>`
    select (select count(*) from notices n where n.community_id = p.community_id and n.person_id = p.id and n.read_at is null
        and n.created_at > coalesce((select max(d.created_at) from deliveries d join notices m on m.community_id = d.community_id
          and m.id = d.notice_id where d.community_id = p.community_id and m.person_id = p.id), '-infinity')) as count,
      (select n.id from notices n where n.community_id = p.community_id and n.person_id = p.id order by n.created_at desc, n.id desc limit 1) as newest,
      p.languages[1] as language, c.id as contact_id, c.value_sealed, c.value_masked
    from people p left join lateral (select * from contact_points where community_id = p.community_id and person_id = p.id
      and kind = 'phone' and ended_at is null and verified_at is not null order by created_at limit 1) c on true
    where p.community_id = ${community.id} and p.id = ${person_id} and p.erased_at is null`.execute(db);
  const row = rows[0];
  if (!row?.newest || !row.contact_id || row.count === 0) return;
  const locale = row.language === 'en' ? 'en' : 'zh-CN';
  const text = OUTSIDE[locale](community.names[locale] ?? '', row.count, `${environment.base_url}/me`);
  const id = idFrom('delivery', row.newest);
  const written = await db
    .insertInto('deliveries')
    .values({
      community_id: community.id,
      id,
      notice_id: row.newest,
      channel: 'sms',
      address_sealed: row.value_sealed!,
      address_masked: row.value_masked!,
      text,
      state: 'waiting',
      created_at: environment.clock(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 0n) return;
  const to = open(environment.keys, `contact_points/value/${row.contact_id}`, row.value_sealed!);
  await environment.messenger.send({ channel: 'sms', to, text });
  await db.updateTable('deliveries').set({ state: 'sent', sent_at: environment.clock() }).where('community_id', '=', community.id).where('id', '=', id).execute();
}
