import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { searchTokens } from '#platform/text_search.ts';
import { isShownTo, wordsFor } from './reader.store.ts';
import type { State } from './request.ts';

/** An open request that may be about the same matter: the engine judges. */
export type Candidate = {
  id: string;
  number: number;
  text: string;
  state: State;
  told_at: Date;
  latitude: number | null;
  longitude: number | null;
  category_names: Record<string, string>;
};

type Wanted = {
  text: string;
  latitude?: number;
  longitude?: number;
  radius_metres: number;
  since: Date;
  not_id?: string;
  limit: number;
};

const METRES_PER_DEGREE = 111_320;
const MOST_TOKENS = 40;
/** So near, another wording or another language is judged as well. */
const BESIDE_METRES = 60;
/** At most so many open requests are looked at, the nearest or the newest. */
const LOOKED_AT = 400;
const LOOKED_AT_ANYWHERE = 2_000;

/**
 * Candidates among open requests, the likeliest first: with words in common within `radius_metres`, or anything right
 * beside; without a place, with words in common anywhere. The cost is bounded by what is looked at, whatever the archive.
 */
export async function selectCandidates(ctx: Ctx, wanted: Wanted): Promise<Candidate[]> {
  const tokens = searchTokens(wanted.text)
    .filter((token) => token.length > 1)
    .slice(0, MOST_TOKENS);
  const { latitude, longitude } = wanted;
  const hasPlace = latitude !== undefined && longitude !== undefined;
  if (tokens.length === 0 && !hasPlace) return [];
  const visible = isShownTo(ctx, 'r') ?? sql`true`;
  const near = hasPlace
    ? nearBy(latitude, longitude, wanted.radius_metres)
    : { within: sql`true`, metres: sql`null::float8` };
  const { rows } = await sql<Candidate>`
    with looked_at as materialized (
      select r.id, r.number, ${wordsFor(ctx, 'r')} as text, r.state, r.category_id, r.submitted_at as told_at, r.latitude, r.longitude,
        r.search, ${near.metres} as metres
      from requests r
      where r.community_id = ${ctx.community.id} and r.closed_at is null and r.submitted_at >= ${wanted.since}
        and ${near.within} and ${visible} ${wanted.not_id ? sql`and r.id <> ${wanted.not_id}` : sql``}
      order by ${hasPlace ? sql`metres` : sql`told_at desc`} limit ${hasPlace ? LOOKED_AT : LOOKED_AT_ANYWHERE}
    ), likely as (
      select looked_at.*,
        (select count(*) from unnest(tsvector_to_array(search)) as word where word = any(${tokens}::text[])) as shared_words
      from looked_at
    )
    select l.id, l.number, l.text, l.state, l.told_at, l.latitude, l.longitude, c.names as category_names
    from likely l join categories c on c.community_id = ${ctx.community.id} and c.id = l.category_id
    where l.shared_words > 0 or l.metres <= ${BESIDE_METRES}
    order by l.shared_words desc, l.metres nulls last, l.told_at desc
    limit ${wanted.limit}`.execute(ctx.tx);
  return rows;
}

/** A box for the index, and metres on a plane that fits there. */
function nearBy(latitude: number, longitude: number, radius_metres: number) {
  const degrees = radius_metres / METRES_PER_DEGREE;
  const stretch = Math.cos((latitude * Math.PI) / 180);
  return {
    within: sql`r.latitude between ${latitude - degrees} and ${latitude + degrees}
      and r.longitude between ${longitude - degrees / stretch} and ${longitude + degrees / stretch}`,
    metres: sql`${METRES_PER_DEGREE}::float8 * sqrt(power(r.latitude - ${latitude}::float8, 2) + power((r.longitude - ${longitude}::float8) * ${stretch}::float8, 2))`,
  };
}
