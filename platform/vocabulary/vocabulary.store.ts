import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { refuse } from '../refusal.ts';
import type { Change, Names } from './term.ts';

/** The newest change of every term that was ever changed here, with the names it had last where that was a reset. */
export async function newestChanges(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<(Change & { last_names: Names })[]> {
  const { rows } = await sql<Change & { last_names: Names }>`
    select distinct on (v.kind, v.code) v.kind, v.code, v.version, v.is_reset, v.names, v.descriptions, v.data, v.is_used,
      coalesce(v.names, (select l.names from vocabulary_changes l where l.community_id = v.community_id and l.kind = v.kind
        and l.code = v.code and l.names is not null order by l.version desc limit 1)) as last_names
    from vocabulary_changes v where v.community_id = ${ctx.community.id}
    order by v.kind, v.code, v.version desc`.execute(ctx.tx);
  return rows;
}

export type PastChange = Change & { changed_at: Date; changed_by: string | null };

/** What was said for a term over time, the newest first. */
export async function changesOf(ctx: Ctx, kind: string, code: string): Promise<PastChange[]> {
  const { rows } = await sql<PastChange>`
    select v.kind, v.code, v.version, v.is_reset, v.names, v.descriptions, v.data, v.is_used, v.changed_at,
      coalesce(p.public_name, p.name_masked) as changed_by
    from vocabulary_changes v left join people p on p.community_id = v.community_id and p.id = v.changed_by_id
    where v.community_id = ${ctx.community.id} and v.kind = ${kind} and v.code = ${code}
    order by v.version desc limit 50`.execute(ctx.tx);
  return rows;
}

/** Appends a change; refused as `stale` when the term has another version than the one it builds on. */
export async function appendChange(ctx: Ctx, change: Change): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into vocabulary_changes (community_id, kind, code, version, is_reset, names, descriptions, data, is_used, changed_at, changed_by_id)
    select ${ctx.community.id}::uuid, ${change.kind}, ${change.code}, ${change.version}, ${change.is_reset},
      ${json(change.names)}::jsonb, ${json(change.descriptions)}::jsonb, ${json(change.data)}::jsonb, ${change.is_used}, ${ctx.now}, ${ctx.actor.id}::uuid
    where ${change.version} - 1 = (select coalesce(max(version), 0) from vocabulary_changes
      where community_id = ${ctx.community.id} and kind = ${change.kind} and code = ${change.code})
    on conflict do nothing`.execute(ctx.tx);
  if (numAffectedRows !== 1n) refuse('stale', {}, { kind: 'term', field: change.code });
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

/** The version a term stands at, also one that was added here and reset; 0 when it was never changed. */
export async function versionOf(ctx: Ctx, kind: string, code: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0)::int as version from vocabulary_changes
    where community_id = ${ctx.community.id} and kind = ${kind} and code = ${code}`.execute(ctx.tx);
  return rows[0]!.version;
}
