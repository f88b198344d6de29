import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type RollFinding = { code: string; kind: string; id: string; number?: number };

/**
 * Rounds whose ballots are not what the roll and the facts say: none, ever. While a round is open there is a ballot for each
 * line on the roll that is not on paper and for each paper that was counted; when it is closed the papers are gone, so its
 * ballots are those its closing counted, no fewer than voted themselves and no more than are on the roll. And the published
 * file is still the one that was hashed.
 */
export async function wrongRolls(ctx: Ctx): Promise<RollFinding[]> {
  const { rows } = await sql<RollFinding>`
    with rolls as (
      select r.id, r.number, r.closed_at, r.is_imported,
        (select count(*) from voter_roll v where v.community_id = r.community_id and v.round_id = r.id) as roll,
        (select count(*) from voter_roll v where v.community_id = r.community_id and v.round_id = r.id and v.channel <> 'paper') as themselves,
        (select count(*) from ballots b where b.community_id = r.community_id and b.round_id = r.id) as box,
        (select count(*) from published_ballots b where b.community_id = r.community_id and b.round_id = r.id) as published,
        (select count(distinct code_hash) from paper_entries e where e.community_id = r.community_id and e.round_id = r.id and e.is_counted) as papers,
        (select max((e.data ->> 'ballots')::int) from events e where e.community_id = r.community_id and e.subject_kind = 'venture_round'
          and e.subject_id = r.id and e.kind in ('venture_round.closed', 'venture_ballots.imported')) as counted,
        (select encode(sha256(convert_to(s.file_text, 'UTF8')), 'hex') <> s.file_sha256 from venture_results s
          where s.community_id = r.community_id and s.round_id = r.id) as is_changed
      from venture_rounds r where r.community_id = ${ctx.community.id}
    )
    select 'ballots_differ_from_roll' as code, 'venture_round' as kind, id, number from rolls
    where case
      when is_imported then published is distinct from counted
      when closed_at is null then published > 0 or box <> themselves + papers
      else box > 0 or published is distinct from counted or published < themselves or published > roll end
    union all
    select 'ballots_file_changed', 'venture_round', id, number from rolls where is_changed
    union all
    select 'answers_differ_from_roll', 'project', q.project_id, null from (
      select project_id, question, sum(count) as answers from project_answer_counts
      where community_id = ${ctx.community.id} group by project_id, question) q
    where q.answers <> (select count(*) from project_answer_roll a where a.community_id = ${ctx.community.id} and a.project_id = q.project_id)
    group by q.project_id`.execute(ctx.tx);
  return rows.map(({ number, ...one }) => (number === null || number === undefined ? one : { ...one, number }));
}
