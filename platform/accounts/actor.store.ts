import { sql } from 'kysely';
import type { Actor, RoleGrant } from '../actor.ts';
import type { Community } from '../context.ts';
import type { Environment } from '../environment.ts';

export type Identity = {
  actor: Actor;
  person: { id: string; public_name: string | null; name_masked: string; large_type: boolean };
};

/** Who a login is in a community, with the roles held at this moment; undefined when they have not been here before. */
export async function identityOf(
  environment: Environment,
  community: Community,
  login_id: string,
): Promise<Identity | undefined> {
  const { rows } = await sql<{
    id: string;
    public_name: string | null;
    name_masked: string;
    large_type: boolean;
    roles: RoleGrant[];
  }>`
    select p.id, p.public_name, p.name_masked, p.large_type,
      coalesce((select json_agg(json_build_object('role', g.role, 'scope_kind', g.scope_kind, 'scope_id', g.scope_id) order by g.id)
        from role_grants g where g.community_id = p.community_id and g.person_id = p.id and g.ended_at is null), '[]') as roles
    from people p
    where p.community_id = ${community.id} and p.login_id = ${login_id} and p.erased_at is null`.execute(
    environment.database.of(community.id),
  );
  const row = rows[0];
  if (!row) return undefined;
  const { roles, ...person } = row;
  return { actor: { kind: 'person', id: person.id, roles }, person };
}

/** True while somebody may act for another: a family proxy that was agreed, or staff at a desk or in a grid. */
export async function mayActFor(
  environment: Environment,
  community: Community,
  actor: Actor,
  subject_id: string,
): Promise<boolean> {
  const { rows } = await sql<{ is_person: boolean; is_proxy: boolean }>`
    select exists (select 1 from people where community_id = ${community.id} and id = ${subject_id} and erased_at is null) as is_person,
      exists (select 1 from proxies where community_id = ${community.id} and subject_id = ${subject_id} and proxy_id = ${actor.id}
        and agreed_at is not null and ended_at is null) as is_proxy`.execute(environment.database.of(community.id));
  const byDuty = actor.roles.some((grant) => grant.role === 'desk_officer' || grant.role === 'grid_worker');
  return rows[0]!.is_person && (rows[0]!.is_proxy || byDuty);
}
