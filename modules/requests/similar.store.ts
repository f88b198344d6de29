import { sql } from 'kysely';
import { isStaff, principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { searchTokens } from '#platform/text_search.ts';
import type { State } from './request.ts';

export type Similar = {
  id: string;
  number: number;
  text: string;
  state: State;
  submitted_at: Date;
  category_names: Record<string, string>;
  metres: number | null;
  shared_words: number;
};

const METRES_PER_DEGREE = 111_320;

/**
 * Open requests near a place or sharing words with a text, the likeliest first. Words are looked up through the search
 * index, places through a box of `radius_metres`, so the cost does not grow with the archive.
 */
export async function selectSimilar(
  ctx: Ctx,
  wanted: {
    text: string;
    latitude?: number;
    longitude?: number;
    radius_metres: number;
    since: Date;
    not_id?: string;
    limit: number;
  },
): Promise<Similar[]> {
  const tokens = searchTokens(wanted.text)
    .filter((token) => token.length > 1)
    .slice(0, 40);
  const anyWord = tokens.map((token) => `'${token}'`).join(' | ');
  const hasPlace = wanted.latitude !== undefined && wanted.longitude !== undefined;
  if (!hasPlace && anyWord === '') return [];
  const degrees = wanted.radius_metres / METRES_PER_DEGREE;
  const stretch = Math.cos(((wanted.latitude ?? 0) * Math.PI) / 180);
  const metres = hasPlace
    ? sql`${METRES_PER_DEGREE}::float8 * sqrt(power(r.latitude - ${wanted.latitude!}::float8, 2) + power((r.longitude - ${wanted.longitude!}::float8) * ${stretch}::float8, 2))`
    : sql`null::float8`;
  const near = hasPlace
    ? sql`r.latitude between ${wanted.latitude! - degrees} and ${wanted.latitude! + degrees}
        and r.longitude between ${wanted.longitude! - degrees / stretch} and ${wanted.longitude! + degrees / stretch}`
    : sql`r.search @@ ${anyWord}::tsquery`;
  const visible = isStaff(ctx.actor) ? sql`true` : sql`(r.is_public or r.reporter_id = ${principalOf(ctx.actor)})`;
  const { rows } = await sql<Similar>`
    select r.id, r.number, coalesce(r.public_text, '') as text, r.state, r.submitted_at, c.names as category_names,
      ${metres} as metres,
      (select count(*) from unnest(${tokens}::text[]) as word where r.search @@ quote_literal(word)::tsquery) as shared_words
    from requests r join categories c on c.community_id = r.community_id and c.id = r.category_id
    where r.community_id = ${ctx.community.id} and r.closed_at is null and r.submitted_at >= ${wanted.since}
      and ${near} and ${visible} ${wanted.not_id ? sql`and r.id <> ${wanted.not_id}` : sql``}
    order by shared_words desc, metres nulls last, r.submitted_at desc
    limit ${wanted.limit}`.execute(ctx.tx);
  return rows;
}
