import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { boxOf, sealOfVoter } from './ballot.ts';
import { readingOf } from './paper.store.ts';
import type { LockedRound } from './venture_round.store.ts';

/** What differs in the boxes of all rounds that are voted on. */
export async function changedBoxes(ctx: Ctx): Promise<LogFinding[]> {
  const rounds = await ctx.tx
    .selectFrom('venture_rounds')
    .select(['id', 'box_salt'])
    .where('community_id', '=', ctx.community.id)
    .where('box_salt', 'is not', null)
    .execute();
  const found: LogFinding[] = [];
  for (const round of rounds) found.push(...(await changedInBox(ctx, round)));
  return found;
}

/**
 * What was changed in an open box past the application: a ballot or a reading whose seal does not fit, one that was
 * put back to what it said earlier, and a box whose ballots, changes or readings are not as many as the facts in the log. Reads
 * the whole box; about a second for 50,000 ballots.
 */
export async function changedInBox(ctx: Ctx, round: Pick<LockedRound, 'id' | 'box_salt'>): Promise<LogFinding[]> {
  const box = boxOf(ctx.keys, round);
  if (!box) return [];
  const { ballots, replaced, readings, facts } = await readBox(ctx, round.id);
  const past = new Set(replaced.map((one) => one.seal));
  const codes = new Set(ballots.map((one) => one.code_hash));
  const counted = new Set(readings.filter((one) => one.is_counted).map((one) => one.code_hash));
  const changed = (table: string, key: string) => ({ code: 'row_changed', table, id: `${round.id}/${key}` });
  const found = [
    ...ballots
      .filter(({ code_hash, proposals, seal }) => past.has(seal) || !box.isWhole(code_hash, proposals.join(), seal))
      .map((one) => changed('ballots', one.code_hash)),
    ...replaced
      .filter(({ seal, proof }) => proof !== box.proofOfReplaced(seal))
      .map((one) => changed('replaced_ballots', one.seal)),
    ...readings
      .filter(
        ({ code_hash, entered_by_id, proposals, seal, is_counted }) =>
          is_counted !== counted.has(code_hash) ||
          (is_counted && !codes.has(code_hash)) ||
          !box.isWhole(code_hash, readingOf(entered_by_id, proposals), seal),
      )
      .map((one) => changed('paper_entries', `${one.code_hash}/${one.entered_by_id}`)),
  ];
  const number = (kind: string) => facts.get(`ballot.${kind}`) ?? 0;
  const wrong = (table: string, rows: number, told: number) =>
    rows === told ? [] : [{ code: 'rows_differ_in_number', table, id: round.id }];
  return [
    ...found,
    ...wrong('ballots', ballots.length, number('cast') + number('paper_counted')),
    ...wrong('replaced_ballots', replaced.length, number('changed')),
    ...wrong('paper_entries', readings.length, number('paper_read')),
    ...wrong('paper_entries', counted.size, number('paper_counted')),
  ];
}

async function readBox(ctx: Ctx, round_id: string) {
  const of = { community_id: ctx.community.id, round_id };
  const from = <T extends 'ballots' | 'replaced_ballots' | 'paper_entries'>(table: T) =>
    sql`${sql.table(table)} where community_id = ${of.community_id} and round_id = ${of.round_id}`;
  const read = async <Row>(query: ReturnType<typeof sql>) => (await query.execute(ctx.tx)).rows as Row[];
  type Sealed = { code_hash: string; proposals: number[]; seal: string };
  const counts = await read<{ kind: string; count: number }>(sql`
    select kind, count(*)::int as count from events
    where community_id = ${of.community_id} and subject_kind = 'venture_round' and subject_id = ${round_id}
      and kind in ('ballot.cast', 'ballot.changed', 'ballot.paper_counted', 'ballot.paper_read') group by kind`);
  return {
    ballots: await read<Sealed>(sql`select code_hash, proposals, seal from ${from('ballots')}`),
    replaced: await read<{ seal: string; proof: string }>(sql`select seal, proof from ${from('replaced_ballots')}`),
    readings: await read<Sealed & { entered_by_id: string; is_counted: boolean }>(
      sql`select code_hash, entered_by_id, proposals, is_counted, seal from ${from('paper_entries')}`,
    ),
    facts: new Map(counts.map((one) => [one.kind, one.count])),
  };
}

/**
 * Lines of the roll that no vote was told of, and votes that are not on it. Who took a paper ballot stands in the log as a
 * seal; where that was not written yet, papers are only counted.
 */
export async function changedRolls(ctx: Ctx): Promise<LogFinding[]> {
  const papers = await ctx.tx
    .selectFrom('voter_roll')
    .select(['round_id', 'person_id'])
    .where('community_id', '=', ctx.community.id)
    .where('channel', '=', 'paper')
    .execute();
  const sealed = papers.map((one) => ({ ...one, seal: sealOfVoter(ctx.keys, one.round_id, one.person_id) }));
  const { rows } = await sql<LogFinding>`
    with facts as (
      select kind, subject_id as round_id, coalesce(on_behalf_of_id, actor_id) as person_id, data from events
      where community_id = ${ctx.community.id} and subject_kind = 'venture_round' and kind in ('ballot.cast', 'ballot.paper_given')
    ), lines as (
      select l.round_id, l.person_id, l.channel, s.seal from voter_roll l
        left join jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) as s (round_id uuid, person_id uuid, seal text)
          on s.round_id = l.round_id and s.person_id = l.person_id
      where l.community_id = ${ctx.community.id}
    ), told as (
      select round_id, person_id::text as voter, data->>'channel' as channel from facts where kind = 'ballot.cast'
      union all
      select round_id, data->>'voter_seal', 'paper' from facts where kind = 'ballot.paper_given' and data ? 'voter_seal'
    ), kept as (
      select round_id, case when channel = 'paper' then seal else person_id::text end as voter, channel, person_id from lines l
      where channel <> 'paper' or not exists (select 1 from facts f
        where f.round_id = l.round_id and f.kind = 'ballot.paper_given' and not f.data ? 'voter_seal')
    ), given as (
      select round_id, count(*) as count from facts where kind = 'ballot.paper_given' group by 1
    ), taken as (
      select round_id, count(*) as count from lines where channel = 'paper' group by 1
    )
    select case when told.voter is null then 'row_unlogged' when kept.voter is null then 'row_missing' else 'row_changed' end as code,
      'voter_roll' as "table", concat_ws('/', coalesce(told.round_id, kept.round_id), coalesce(kept.person_id::text, told.voter)) as id
    from told full join kept on kept.round_id = told.round_id and kept.voter = told.voter
    where told.channel is distinct from kept.channel
    union all
    select 'rows_differ_in_number', 'voter_roll', coalesce(given.round_id, taken.round_id)::text
    from given full join taken on taken.round_id = given.round_id where given.count is distinct from taken.count
    limit 10000`.execute(ctx.tx);
  return rows;
}
