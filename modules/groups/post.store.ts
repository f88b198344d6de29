import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Post, Term } from './post.ts';

const POST = [
  'id',
  'organisation_id',
  'code',
  'names',
  'duties',
  'seats',
  'term_months',
  'speaks_for',
  'position',
  'version',
] as const;

export async function lockPost(ctx: Ctx, id: string): Promise<Post | undefined> {
  const row = await ctx.tx
    .selectFrom('posts')
    .select(POST)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row as Post | undefined;
}

export async function insertPost(ctx: Ctx, { names, duties, ...post }: Omit<Post, 'version'>): Promise<void> {
  await ctx.tx
    .insertInto('posts')
    .values({
      ...post,
      names: JSON.stringify(names),
      duties: JSON.stringify(duties),
      community_id: ctx.community.id,
      created_at: ctx.now,
    })
    .execute();
}

/** Changes a post; refused as `stale` when somebody else has changed it since `version`. */
export async function changePost(
  ctx: Ctx,
  id: string,
  { names, duties, ...rest }: Partial<Omit<Post, 'id' | 'version'>> & { ended_at?: Date },
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('posts')
    .set((e) => ({
      ...rest,
      ...(names && { names: JSON.stringify(names) }),
      ...(duties && { duties: JSON.stringify(duties) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'post', id });
}

export type HeldTerm = Term & { public_name: string | null; name_masked: string };
export type PostWithTerms = Post & { terms: HeldTerm[]; vacancies: number };

/** The posts of an organisation in their order, each with who holds its seats. */
export async function postsOf(ctx: Ctx, organisationId: string): Promise<PostWithTerms[]> {
  const posts = (await ctx.tx
    .selectFrom('posts')
    .select(POST)
    .where('community_id', '=', ctx.community.id)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .limit(200)
    .execute()) as Post[];
  const terms = await termsHeldIn(ctx, organisationId);
  return posts.map((post) => {
    const held = terms.filter((term) => term.post_id === post.id);
    return { ...post, terms: held, vacancies: Math.max(0, post.seats - held.length) };
  });
}

const held = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('post_terms as t')
    .innerJoin('posts as p', (join) =>
      join.onRef('p.community_id', '=', 't.community_id').onRef('p.id', '=', 't.post_id'),
    )
    .innerJoin('people as who', (join) =>
      join.onRef('who.community_id', '=', 't.community_id').onRef('who.id', '=', 't.person_id'),
    )
    .select([
      't.id',
      't.post_id',
      't.person_id',
      't.seat',
      sql<string>`t.started_on::text`.as('started_on'),
      sql<string | null>`t.ends_on::text`.as('ends_on'),
      't.ended_at',
      'who.public_name',
      'who.name_masked',
    ])
    .where('t.community_id', '=', ctx.community.id);

/** Who holds a seat in an organisation today. */
export async function termsHeldIn(ctx: Ctx, organisationId: string): Promise<HeldTerm[]> {
  return held(ctx)
    .where('p.organisation_id', '=', organisationId)
    .where('t.ended_at', 'is', null)
    .orderBy('t.seat')
    .execute();
}

/** Earlier terms of an organisation's posts, the latest first. */
export async function termsEndedIn(ctx: Ctx, organisationId: string, limit = 100): Promise<HeldTerm[]> {
  return held(ctx)
    .where('p.organisation_id', '=', organisationId)
    .where('t.ended_at', 'is not', null)
    .orderBy('t.ended_at', 'desc')
    .limit(limit)
    .execute();
}

export async function seatsTaken(ctx: Ctx, postId: string): Promise<number[]> {
  const rows = await ctx.tx
    .selectFrom('post_terms')
    .select('seat')
    .where('community_id', '=', ctx.community.id)
    .where('post_id', '=', postId)
    .where('ended_at', 'is', null)
    .execute();
  return rows.map((row) => row.seat);
}

export async function insertTerm(
  ctx: Ctx,
  term: Omit<Term, 'ended_at'> & { cause_kind: string | null; cause_id: string | null },
): Promise<void> {
  await ctx.tx
    .insertInto('post_terms')
    .values({ ...term, community_id: ctx.community.id, started_at: ctx.now, started_by_id: ctx.actor.id })
    .execute();
}

export async function lockTerm(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('post_terms as t')
    .innerJoin('posts as p', (join) =>
      join.onRef('p.community_id', '=', 't.community_id').onRef('p.id', '=', 't.post_id'),
    )
    .select(['t.id', 't.person_id', 't.post_id', 't.seat', 'p.organisation_id'])
    .where('t.community_id', '=', ctx.community.id)
    .where('t.id', '=', id)
    .where('t.ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function endTerm(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.tx
    .updateTable('post_terms')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id, ended_reason: reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export type HeldPost = {
  post_id: string;
  code: string;
  names: Post['names'];
  organisation_id: string;
  organisation_names: Post['names'];
  organisation_kind: string;
  speaks_for: boolean;
  ends_on: string | null;
};

/** The posts somebody holds today, with the organisations they belong to. */
export async function postsHeldBy(ctx: Ctx, personId: string): Promise<HeldPost[]> {
  const { rows } = await sql<HeldPost>`
    select p.id as post_id, p.code, p.names, o.id as organisation_id, o.names as organisation_names, o.kind as organisation_kind,
      p.speaks_for, t.ends_on::text as ends_on
    from post_terms t
    join posts p on p.community_id = t.community_id and p.id = t.post_id and p.ended_at is null
    join organisations o on o.community_id = p.community_id and o.id = p.organisation_id and o.ended_at is null
    where t.community_id = ${ctx.community.id} and t.person_id = ${personId} and t.ended_at is null
    order by o.kind, p.position, p.id`.execute(ctx.tx);
  return rows;
}

/** Who holds a post with one of these codes today, in organisations of a kind that stand. */
export async function holdersOfPosts(
  ctx: Ctx,
  organisation_kind: string,
  codes: readonly string[],
): Promise<{ person_id: string; code: string }[]> {
  const { rows } = await sql<{ person_id: string; code: string }>`
    select distinct t.person_id, p.code from organisations o
    join posts p on p.community_id = o.community_id and p.organisation_id = o.id and p.ended_at is null and p.code = any(${codes}::text[])
    join post_terms t on t.community_id = p.community_id and t.post_id = p.id and t.ended_at is null
    where o.community_id = ${ctx.community.id} and o.kind = ${organisation_kind} and o.ended_at is null limit 100`.execute(
    ctx.tx,
  );
  return rows;
}

export type Vacancy = {
  post_id: string;
  code: string;
  names: Post['names'];
  duties: Post['duties'];
  seats: number;
  free: number;
  organisation_id: string;
  organisation_names: Post['names'];
  organisation_kind: string;
};

/** Posts with free seats over all organisations, page by page; `after` is the last post of the page before. */
export async function vacanciesBy(ctx: Ctx, by: { organisation_kind?: string; after?: string; limit: number }) {
  const { rows } = await sql<Vacancy>`
    select * from (
      select p.id as post_id, p.code, p.names, p.duties, p.seats, p.seats - count(t.id)::int as free,
        o.id as organisation_id, o.names as organisation_names, o.kind as organisation_kind
      from posts p
      join organisations o on o.community_id = p.community_id and o.id = p.organisation_id and o.ended_at is null
      left join post_terms t on t.community_id = p.community_id and t.post_id = p.id and t.ended_at is null
      where p.community_id = ${ctx.community.id} and p.ended_at is null
        and (${by.organisation_kind ?? null}::text is null or o.kind = ${by.organisation_kind ?? null})
        and (${by.after ?? null}::uuid is null or p.id > ${by.after ?? null})
      group by p.community_id, p.id, o.community_id, o.id
    ) one where free > 0 order by post_id limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

/** True when a post that stands, of an organisation that stands, has a free seat. */
export async function isVacant(ctx: Ctx, post_id: string): Promise<boolean> {
  const { rows } = await sql<{ is_vacant: boolean }>`
    select p.seats > (select count(*) from post_terms t where t.community_id = p.community_id and t.post_id = p.id and t.ended_at is null) as is_vacant
    from posts p join organisations o on o.community_id = p.community_id and o.id = p.organisation_id and o.ended_at is null
    where p.community_id = ${ctx.community.id} and p.id = ${post_id} and p.ended_at is null`.execute(ctx.tx);
  return rows[0]?.is_vacant ?? false;
}
