import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { type GivenHow, type Purpose, type TextInForce, textInForce } from './consent.ts';

export type ConsentText = { version: number; texts: Record<string, string>; asks_again: boolean; published_at: Date };

export type Consent = {
  id: string;
  person_id: string;
  purpose: Purpose;
  text_version: number;
  given_at: Date;
  given_by_id: string;
  given_how: GivenHow;
  recorded_by_id: string;
  withdrawn_at: Date | null;
};

/** The published texts of a purpose, newest first; the first version stands in the locales. */
export async function textsOf(ctx: Ctx, purpose: Purpose): Promise<ConsentText[]> {
  return ctx.tx
    .selectFrom('consent_texts')
    .select(['version', 'texts', 'asks_again', 'published_at'])
    .where('community_id', '=', ctx.community.id)
    .where('purpose', '=', purpose)
    .orderBy('version', 'desc')
    .execute() as unknown as Promise<ConsentText[]>;
}

export async function inForce(ctx: Ctx, purpose: Purpose): Promise<TextInForce> {
  return textInForce(await textsOf(ctx, purpose));
}

export async function insertText(
  ctx: Ctx,
  text: { purpose: Purpose; version: number; texts: Record<string, string>; asks_again: boolean },
): Promise<void> {
  await ctx.tx
    .insertInto('consent_texts')
    .values({
      ...text,
      texts: JSON.stringify(text.texts),
      community_id: ctx.community.id,
      published_at: ctx.now,
      published_by_id: ctx.actor.id,
    })
    .execute();
}

/** Who agrees to a purpose now, on a text that still counts: among some people, or everybody who does. */
export async function agreedTo(ctx: Ctx, purpose: Purpose, among?: readonly string[]): Promise<string[]> {
  const { oldest_counting } = await inForce(ctx, purpose);
  const { rows } = await sql<{ person_id: string }>`
    select person_id from consents where community_id = ${ctx.community.id} and purpose = ${purpose} and withdrawn_at is null
      and text_version >= ${oldest_counting} and (${among ?? null}::uuid[] is null or person_id = any (${among ?? null}::uuid[]))
    order by person_id`.execute(ctx.tx);
  return rows.map((row) => row.person_id);
}

const COLUMNS = [
  'id',
  'person_id',
  'purpose',
  'text_version',
  'given_at',
  'given_by_id',
  'given_how',
  'recorded_by_id',
  'withdrawn_at',
] as const;

/** Every consent of somebody, withdrawn ones too, newest first. */
export async function consentsOf(ctx: Ctx, personId: string): Promise<Consent[]> {
  return ctx.tx
    .selectFrom('consents')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .execute() as Promise<Consent[]>;
}

export type ConsentTold = Consent & {
  /** The guardian who gave it, masked; null when the person did. */
  guardian_name: string | null;
  /** Staff who wrote it down; null when it was given at a sign-in. */
  recorded_by: string | null;
  /** Who took it back; null when the person did. */
  withdrawn_by: string | null;
};

/** As `consentsOf`, with the names of others who had a part in it. */
export async function consentsTold(ctx: Ctx, personId: string): Promise<ConsentTold[]> {
  const { rows } = await sql<ConsentTold>`
    select c.id, c.person_id, c.purpose, c.text_version, c.given_at, c.given_by_id, c.given_how, c.recorded_by_id, c.withdrawn_at,
      case when g.id <> c.person_id then g.name_masked end as guardian_name,
      case when r.id <> c.given_by_id then coalesce(r.public_name, r.name_masked) end as recorded_by,
      case when w.id <> c.person_id then coalesce(w.public_name, w.name_masked) end as withdrawn_by
    from consents c
      left join people g on g.community_id = c.community_id and g.id = c.given_by_id
      left join people r on r.community_id = c.community_id and r.id = c.recorded_by_id
      left join people w on w.community_id = c.community_id and w.id = c.withdrawn_by_id
    where c.community_id = ${ctx.community.id} and c.person_id = ${personId} order by c.id desc`.execute(ctx.tx);
  return rows;
}

/** The consent that stands for a purpose, locked; none when it was withdrawn or never given. */
export async function lockConsent(ctx: Ctx, personId: string, purpose: Purpose): Promise<Consent | undefined> {
  return ctx.tx
    .selectFrom('consents')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst() as Promise<Consent | undefined>;
}

export async function insertConsent(
  ctx: Ctx,
  consent: {
    id: string;
    person_id: string;
    purpose: Purpose;
    text_version: number;
    given_by_id: string;
    given_how: GivenHow;
  },
): Promise<void> {
  await ctx.tx
    .insertInto('consents')
    .values({ ...consent, community_id: ctx.community.id, given_at: ctx.now, recorded_by_id: ctx.actor.id })
    .execute();
}

export async function endConsent(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('consents')
    .set({ withdrawn_at: ctx.now, withdrawn_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** The guardians whom staff know of, by masked names: agreed proxies of that relation. */
export async function guardiansOf(ctx: Ctx, personId: string) {
  const { rows } = await sql<{ id: string; name_masked: string; relation: string }>`
    select p.id, p.name_masked, x.relation from proxies x
      join people p on p.community_id = x.community_id and p.id = x.proxy_id and p.erased_at is null
    where x.community_id = ${ctx.community.id} and x.subject_id = ${personId} and x.relation in ('guardian', 'parent')
      and x.agreed_at is not null and x.ended_at is null
    order by x.agreed_at, p.id`.execute(ctx.tx);
  return rows;
}

/** A guardian whom staff know of: an agreed proxy of that relation. */
export async function isGuardianOf(ctx: Ctx, guardianId: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ is_guardian: boolean }>`
    select exists (select 1 from proxies where community_id = ${ctx.community.id} and subject_id = ${personId}
      and proxy_id = ${guardianId} and relation in ('guardian', 'parent') and agreed_at is not null and ended_at is null) as is_guardian`.execute(
    ctx.tx,
  );
  return rows[0]!.is_guardian;
}
