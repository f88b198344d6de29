import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** The topics whose title, text or shown speech holds the words of a tsquery, by the index of each. */
export const topicsWith = (ctx: Ctx, words: string) => sql`
  select id from topics where community_id = ${ctx.community.id} and search @@ ${words}::tsquery
  union select topic_id from speeches where community_id = ${ctx.community.id} and state = 'shown' and search @@ ${words}::tsquery`;

/** That a topic `t` holds them, found without an index: what the operator calls is called itself (decision 0006). */
export const topicHolds = (
  words: string,
) => sql`(ts_match_vq(t.search, ${words}::tsquery) or exists (select 1 from speeches s
  where s.community_id = t.community_id and s.topic_id = t.id and s.state = 'shown' and ts_match_vq(s.search, ${words}::tsquery)))`;

/** From so many speeches on words are common: going along the newest topics fills a page sooner than collecting them all. */
const COMMON_FROM = 5_000;
/** Commonness chooses the way to the same topics, so it may be a little old. */
const LASTS_MS = 600_000;
const KEPT_WORDS = 1_000;
const kept = new Map<string, { at: number; is_common: boolean }>();

export async function areCommon(ctx: Ctx, words: string): Promise<boolean> {
  const key = `${ctx.community.id}/${words}`;
  const known = kept.get(key);
  if (known && Date.now() - known.at < LASTS_MS) return known.is_common;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from speeches where community_id = ${ctx.community.id} and state = 'shown'
      and search @@ ${words}::tsquery limit ${COMMON_FROM}) as found`.execute(ctx.tx);
  const is_common = rows[0]!.count === COMMON_FROM;
  kept.delete(key);
  if (kept.size >= KEPT_WORDS) kept.delete(kept.keys().next().value!);
  kept.set(key, { at: Date.now(), is_common });
  return is_common;
}
