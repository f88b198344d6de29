import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { ASK_AGAIN_DAYS, KEEPS_HITTING, type MarkedSpeech, OF_AGE_YEARS } from './scouting.ts';

/** Speeches of these people within the year that others marked, and how many different people marked any of each speaker's. */
export async function markedSpeeches(ctx: Ctx, of: readonly string[]) {
  const spoken = sql`
    from speeches s join topics t on t.community_id = s.community_id and t.id = s.topic_id and t.state in ('open', 'concluded')
      join speech_marks m on m.community_id = s.community_id and m.speech_id = s.id and m.withdrawn_at is null
      join people p on p.community_id = s.community_id and p.id = s.speaker_id and p.erased_at is null and p.public_name is not null
        and (p.born_in_year is null or p.born_in_year < ${ctx.now.getUTCFullYear() - OF_AGE_YEARS})
    where s.community_id = ${ctx.community.id} and s.state = 'shown' and s.speaker_id = any (${of}::uuid[])
      and s.said_at > ${ctx.now}::timestamptz - make_interval(days => ${KEEPS_HITTING.days})
      and not exists (select 1 from post_terms h where h.community_id = s.community_id and h.person_id = s.speaker_id and h.ended_at is null)`;
  const speeches = await sql<MarkedSpeech>`
    select s.id, s.speaker_id, s.topic_id, t.title, s.text, s.said_at, count(*)::int as marks ${spoken}
    group by s.id, s.speaker_id, s.topic_id, t.title, s.text, s.said_at`.execute(ctx.tx);
  const people = await sql<{ speaker_id: string; people: number }>`
    select s.speaker_id, count(distinct m.person_id)::int as people ${spoken} group by s.speaker_id`.execute(ctx.tx);
  return { speeches: speeches.rows, people: new Map(people.rows.map((row) => [row.speaker_id, row.people])) };
}

export type Invitation = {
  id: string;
  post_id: string;
  person_id: string;
  reason: string;
  invited_at: Date;
  invited_by_id: string;
  answer: 'accepted' | 'declined' | null;
  answer_words: string | null;
  answered_at: Date | null;
  /** Whether a term of theirs in that post began after they answered. */
  has_begun: boolean;
};

const COLUMNS = [
  ...(['id', 'post_id', 'person_id', 'reason', 'invited_at', 'invited_by_id', 'answer', 'answer_words'] as const),
  'answered_at',
] as const;

const standing = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('post_invitations')
    .select(COLUMNS)
    .select((e) =>
      e
        .exists(
          e
            .selectFrom('post_terms as h')
            .select('h.id')
            .whereRef('h.community_id', '=', 'post_invitations.community_id')
            .whereRef('h.post_id', '=', 'post_invitations.post_id')
            .whereRef('h.person_id', '=', 'post_invitations.person_id')
            .whereRef('h.started_at', '>=', 'post_invitations.answered_at')
            .where('post_invitations.answer', '=', 'accepted'),
        )
        .as('has_begun'),
    )
    .where('community_id', '=', ctx.community.id)
    .where('withdrawn_at', 'is', null);

/** Invitations of these people that stand, answered or not, the latest first. */
export const invitationsOf = (ctx: Ctx, people: readonly string[], limit: number) =>
  standing(ctx)
    .where('person_id', '=', sql<string>`any (${people}::uuid[])`)
    .orderBy('invited_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute() as Promise<Invitation[]>;

export const lockInvitation = (ctx: Ctx, id: string) =>
  standing(ctx).where('id', '=', id).forUpdate().executeTakeFirst() as Promise<Invitation | undefined>;

export async function insertInvitation(
  ctx: Ctx,
  invitation: Pick<Invitation, 'id' | 'post_id' | 'person_id' | 'reason'>,
) {
  await ctx.tx
    .insertInto('post_invitations')
    .values({ ...invitation, community_id: ctx.community.id, invited_at: ctx.now, invited_by_id: ctx.actor.id })
    .execute();
}

export async function changeInvitation(
  ctx: Ctx,
  id: string,
  change: { answer?: 'accepted' | 'declined'; answer_words?: string | null; answered_at?: Date; withdrawn_at?: Date },
): Promise<void> {
  await ctx.tx
    .updateTable('post_invitations')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Why somebody is not asked for a post now: there is an invitation without an answer, or they declined it lately. */
export async function askedAlready(ctx: Ctx, post_id: string, person_id: string): Promise<'waits' | 'declined' | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`invite/${ctx.community.id}/${post_id}/${person_id}`}, 0))`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ answer: string | null }>`
    select answer from post_invitations where community_id = ${ctx.community.id} and post_id = ${post_id} and person_id = ${person_id}
      and withdrawn_at is null and (answer is null or (answer = 'declined'
        and answered_at > ${ctx.now}::timestamptz - make_interval(days => ${ASK_AGAIN_DAYS})))
    order by answer nulls first limit 1`.execute(ctx.tx);
  return rows[0] ? (rows[0].answer === null ? 'waits' : 'declined') : null;
}

export type PostToFill = {
  post_id: string;
  names: Record<string, string>;
  duties: Record<string, string> | null;
  organisation_id: string;
  organisation_names: Record<string, string>;
};

/** What these posts are called, whether they are vacant or not. */
export async function postsCalled(ctx: Ctx, ids: readonly string[]): Promise<Map<string, PostToFill>> {
  const { rows } = await sql<PostToFill>`
    select p.id as post_id, p.names, p.duties, o.id as organisation_id, o.names as organisation_names from posts p
      join organisations o on o.community_id = p.community_id and o.id = p.organisation_id
    where p.community_id = ${ctx.community.id} and p.id = any (${ids}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.post_id, row]));
}
