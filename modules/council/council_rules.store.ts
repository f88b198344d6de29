import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { type CouncilRules, FIRST_RULES } from './council_rules.ts';

export type KeptRules = { rules: CouncilRules; version: number; changed_at: Date | null };

/** The rules a council wrote for itself, or the first ones while it has written none (version 0). */
export async function rulesOf(ctx: Ctx, organisation_id: string): Promise<KeptRules> {
  const row = await ctx.tx
    .selectFrom('council_rules')
    .select(['rules', 'version', 'changed_at'])
    .where('community_id', '=', ctx.community.id)
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst();
  return (row as KeptRules | undefined) ?? { rules: FIRST_RULES, version: 0, changed_at: null };
}

/** Writes the rules; refused as `stale` when somebody else has written them since `version`. */
export async function saveRules(ctx: Ctx, organisation_id: string, rules: CouncilRules, version: number) {
  const { numAffectedRows } = await sql`
    insert into council_rules (community_id, organisation_id, rules, changed_at, changed_by_id, version)
    values (${ctx.community.id}, ${organisation_id}, ${JSON.stringify(rules)}, ${ctx.now}, ${ctx.actor.id}, 1)
    on conflict (community_id, organisation_id) do update
      set rules = excluded.rules, changed_at = excluded.changed_at, changed_by_id = excluded.changed_by_id,
        version = council_rules.version + 1
      where council_rules.version = ${version}`.execute(ctx.tx);
  if (numAffectedRows !== 1n) refuse('stale', {}, { kind: 'council_rules', id: organisation_id });
}
