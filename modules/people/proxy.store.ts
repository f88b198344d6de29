import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Proxy = {
  id: string;
  subject_id: string;
  proxy_id: string;
  relation: string;
  asked_at: Date;
  agreed_at: Date | null;
  subject_name: string;
  proxy_name: string;
};

/** The proxies in which a person stands on either side, with masked names. */
export async function proxiesOf(ctx: Ctx, personId: string): Promise<Proxy[]> {
  const { rows } = await sql<Proxy>`
    select x.id, x.subject_id, x.proxy_id, x.relation, x.asked_at, x.agreed_at, s.name_masked as subject_name, p.name_masked as proxy_name
    from proxies x
      join people s on s.community_id = x.community_id and s.id = x.subject_id
      join people p on p.community_id = x.community_id and p.id = x.proxy_id
    where x.community_id = ${ctx.community.id} and x.ended_at is null and (x.subject_id = ${personId} or x.proxy_id = ${personId})
    order by x.asked_at`.execute(ctx.tx);
  return rows;
}

export async function insertProxy(
  ctx: Ctx,
  proxy: { id: string; subject_id: string; proxy_id: string; relation: string; agreed_how: string | null },
) {
  await ctx.tx
    .insertInto('proxies')
    .values({
      ...proxy,
      community_id: ctx.community.id,
      asked_at: ctx.now,
      agreed_at: proxy.agreed_how ? ctx.now : null,
    })
    .execute();
}

export async function findProxy(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('proxies')
    .select(['id', 'subject_id', 'proxy_id', 'agreed_at', 'ended_at'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeProxy(
  ctx: Ctx,
  id: string,
  change: { agreed_at?: Date; agreed_how?: string; ended_at?: Date },
) {
  await ctx.tx
    .updateTable('proxies')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
