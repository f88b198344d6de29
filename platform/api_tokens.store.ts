import { sql } from 'kysely';
import type { Community, Ctx } from './context.ts';
import type { Environment } from './environment.ts';

export async function insertToken(
  ctx: Ctx,
  token: { id: string; token_hash: Buffer; label: string; scopes: string[] },
): Promise<void> {
  await ctx.tx
    .insertInto('api_tokens')
    .values({ ...token, community_id: ctx.community.id, person_id: ctx.actor.id, created_at: ctx.now })
    .execute();
}

export async function revokeToken(ctx: Ctx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('api_tokens')
    .set({ revoked_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function listTokens(ctx: Ctx) {
  return ctx.tx
    .selectFrom('api_tokens')
    .select(['id', 'label', 'scopes', 'created_at', 'expires_at', 'revoked_at', 'last_used_on'])
    .where('community_id', '=', ctx.community.id)
    .orderBy('created_at', 'desc')
    .execute();
}

export async function findToken(environment: Environment, community: Community, token_hash: Buffer, now: Date) {
  const { rows } = await sql<{ person_id: string; scopes: string[]; roles: unknown[] }>`
    select t.person_id, t.scopes,
      coalesce((select json_agg(json_build_object('role', g.role, 'scope_kind', g.scope_kind, 'scope_id', g.scope_id) order by g.id)
        from role_grants g where g.community_id = t.community_id and g.person_id = t.person_id and g.ended_at is null), '[]') as roles
    from api_tokens t
    where t.community_id = ${community.id} and t.token_hash = ${token_hash} and t.revoked_at is null
      and (t.expires_at is null or t.expires_at > ${now})`.execute(environment.database.of(community.id));
  return rows[0];
}
