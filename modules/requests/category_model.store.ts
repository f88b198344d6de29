import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { type PackedRouter, type Router, starterModel, unpackRouter } from '#engines/text_router/index.ts';
import type { Ctx } from '#platform/context.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { type Decided, type Learnt, MOST_DECIDED, type Quality } from './category_model.ts';

export type ModelRow = Quality & { version: number; trained_at: Date };
const COLUMNS = [
  'version',
  'trained_at',
  'decided',
  'held_out',
  'first_right',
  'first_three_right',
  'automatic_precision',
  'automatic_coverage',
  'is_trusted',
] as const;

/** Models by age, newest first, without what they learnt. */
export async function listModels(ctx: Ctx, limit: number): Promise<ModelRow[]> {
  return ctx.tx
    .selectFrom('category_models')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}

const KEPT_ROUTERS = 8;
const routers = new Map<string, Router>();

/** The newest model ready to classify: the community's own (version 1 and on), or the starter model (version 0). */
export async function currentRouter(ctx: Ctx): Promise<{ version: number; router: Router }> {
  const [newest] = await listModels(ctx, 1);
  if (!newest) return { version: 0, router: starterModel() };
  const key = `${ctx.community.id}/${newest.version}/${newest.trained_at.getTime()}`;
  let router = routers.get(key);
  if (!router) {
    const row = await ctx.tx
      .selectFrom('category_models')
      .select('model')
      .where('community_id', '=', ctx.community.id)
      .where('version', '=', newest.version)
      .executeTakeFirst();
    if (!row?.model) return { version: 0, router: starterModel() };
    router = unpackRouter(JSON.parse(gunzipSync(row.model).toString()) as PackedRouter);
    if (routers.size >= KEPT_ROUTERS) routers.delete(routers.keys().next().value!);
    routers.set(key, router);
  }
  return { version: newest.version, router };
}

/** Keeps what was learnt as the next version; what the one before the last had learnt is let go, its figures stay. */
export async function saveModel(ctx: Ctx, { model, quality }: Learnt): Promise<number> {
  const version = ((await listModels(ctx, 1))[0]?.version ?? 0) + 1;
  const packed = gzipSync(JSON.stringify(model));
  await ctx.tx
    .insertInto('category_models')
    .values({ ...quality, community_id: ctx.community.id, version, trained_at: ctx.now, model: packed })
    .execute();
  await ctx.tx
    .updateTable('category_models')
    .set({ model: null })
    .where('community_id', '=', ctx.community.id)
    .where('version', '<', version - 1)
    .where('model', 'is not', null)
    .execute();
  return version;
}

/** The newest needs that somebody has taken on or answered in the category they have now, oldest first, personal numbers masked. */
export async function selectDecided(ctx: Ctx): Promise<Decided[]> {
  const { rows } = await sql<Decided>`
    select r.text, c.code as label, coalesce(r.reporter_id, r.id)::text as teller
    from requests r join categories c on c.community_id = r.community_id and c.id = r.category_id
    where r.community_id = ${ctx.community.id} and r.responded_at is not null and r.state not in ('joined', 'split', 'withdrawn')
    order by r.submitted_at desc limit ${MOST_DECIDED}`.execute(ctx.tx);
  return rows.reverse().map((row) => ({ ...row, text: maskPersonalData(row.text) }));
}

/** How many needs were decided since, counted up to `limit`. */
export async function countDecidedSince(ctx: Ctx, since: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from requests where community_id = ${ctx.community.id} and changed_at > ${since} and responded_at > ${since} limit ${limit}
    ) as decided`.execute(ctx.tx);
  return rows[0]!.count;
}

export type Switch = { is_on: boolean; at: Date; by_name: string | null; reason: string };

/** Whether categories may be chosen without a person, and who said so when; on until somebody switches it off. */
export async function lastSwitch(ctx: Ctx): Promise<Switch | undefined> {
  const { rows } = await sql<Switch>`
    select s.is_on, s.at, p.public_name as by_name, s.reason from automatic_category_switches s
      left join people p on p.community_id = s.community_id and p.id = s.by_id
    where s.community_id = ${ctx.community.id} order by s.at desc, s.id desc limit 1`.execute(ctx.tx);
  return rows[0];
}

export async function saveSwitch(ctx: Ctx, is_on: boolean, reason: string): Promise<void> {
  await ctx.tx
    .insertInto('automatic_category_switches')
    .values({ community_id: ctx.community.id, id: ctx.newId(), at: ctx.now, by_id: ctx.actor.id, is_on, reason })
    .execute();
}

/** Of the categories chosen without a person since then: how many, how many somebody has looked at, how many were corrected. */
export async function countAutomatic(ctx: Ctx, since: Date) {
  const { rows } = await sql<{ chosen: number; decided: number; corrected: number; told: number }>`
    select count(*) filter (where is_automatic) as chosen,
      count(*) filter (where is_automatic and (responded_at is not null or is_corrected)) as decided,
      count(*) filter (where is_automatic and is_corrected) as corrected,
      count(*) as told
    from (
      select responded_at, (categorised_by ->> 'is_automatic')::boolean as is_automatic, coalesce((categorised_by ->> 'is_corrected')::boolean, false) as is_corrected
      from requests where community_id = ${ctx.community.id} and categorised_by is not null and submitted_at >= ${since}
    ) as left_open`.execute(ctx.tx);
  return rows[0]!;
}
