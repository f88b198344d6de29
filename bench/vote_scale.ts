import type pg from 'pg';
import { ID } from './full_scale.ts';

/** How large the vote is that is measured. */
export const VOTE_SCALE = { voters: 60_000, ballots: 50_000, projects: 341, budget_yuan: 850_000 };

/** Verified adults behind doors, three a door. */
export async function settle(client: pg.ClientBase, community_id: string): Promise<void> {
  const { voters } = VOTE_SCALE;
  const since = "(now() - interval '200 days')";
  await client.query(
    `create temp table settled as select n, ${ID(since, 'person')} as id, ${ID(since, 'member')} as member_id, ${ID(since, 'door').replaceAll('|| n', '|| n / 3')} as household_id
    from generate_series(1, ${voters}) n`,
  );
  await client.query(
    `insert into grids (community_id, id, code, names, boundary) select $1, $1, 'V', '{"zh-CN": "投票", "en": "Votes"}',
      '{"type": "Polygon", "coordinates": [[[117, 31], [118, 31], [118, 32], [117, 32], [117, 31]]]}' on conflict do nothing`,
    [community_id],
  );
  await client.query(
    `insert into buildings (community_id, id, grid_id, code, estate, number, names, latitude, longitude, levels, unit_count, search_key)
    values ($1, $1, $1, 'V-1', 'V', '1', '{"zh-CN": "投票楼", "en": "Votes"}', 31.8, 117.2, 30, 1, 'v1')`,
    [community_id],
  );
  await client.query(
    `insert into households (community_id, id, building_id, unit, floor, door)
    select $1, household_id, $1, 1, 1, row_number() over ()::text from (select distinct household_id from settled) doors`,
    [community_id],
  );
  await client.query(
    `insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, born_in_year, created_at, created_by_id)
    select $1, id, '', '某', sha256(id::text::bytea), 1970, ${since}, id from settled`,
    [community_id],
  );
  await client.query(
    `insert into household_members (community_id, id, household_id, person_id, started_at, verified_at, verified_how)
    select $1, member_id, household_id, id, ${since}, ${since}, 'letter' from settled`,
    [community_id],
  );
}

/** Fills the box of a round up to full size: a line on the roll and a ballot each, without facts and seals, which its closing finds and says, as many choices as people make, some liked more. */
export async function fillBox(client: pg.ClientBase, community_id: string, round_id: string): Promise<void> {
  const { ballots, projects } = VOTE_SCALE;
  const values = [community_id, round_id];
  await client.query(
    `insert into voter_roll (community_id, round_id, person_id, channel)
    select $1, $2, m.person_id, 'online' from household_members m
    where m.community_id = $1 and not exists (select 1 from voter_roll v where v.community_id = $1 and v.round_id = $2 and v.person_id = m.person_id)
    order by m.person_id limit greatest(0, ${ballots} - (select count(*) from voter_roll where community_id = $1 and round_id = $2))`,
    values,
  );
  await client.query(
    `insert into ballots (community_id, round_id, code_hash, proposals)
    select $1, $2, encode(sha256((n || '/' || $2::text)::bytea), 'hex'),
      (select array_agg(distinct chosen.number) from
        (select 1 + floor(power(random(), 1.7) * ${projects})::int as number from generate_series(1, 2 + n % 9)) chosen)
    from generate_series(1, greatest(0, ${ballots} - (select count(*) from ballots where community_id = $1 and round_id = $2))) n`,
    values,
  );
}
