import { SYSTEM_ID, VISITOR_ID } from './ids.ts';

/** Roles that a person can hold by grant; every person in a community is a resident besides. */
export const ROLES = [
  'grid_worker',
  'desk_officer',
  'handler',
  'secretary',
  'administrator',
  'treasurer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export type RoleGrant = { role: Role; scope_kind: 'community' | 'grid' | 'organisation'; scope_id: string | null };

/**
 * Who acts. `id` is the person (or the system, or the nameless visitor); `on_behalf_of_id` is the resident a proxy or
 * a member of staff acts for; `scopes` limits an API token to what it was given for.
 */
export type Actor = {
  kind: 'visitor' | 'person' | 'system';
  id: string;
  roles: RoleGrant[];
  on_behalf_of_id?: string;
  scopes?: string[];
};

export const visitor: Actor = { kind: 'visitor', id: VISITOR_ID, roles: [] };
export const system: Actor = { kind: 'system', id: SYSTEM_ID, roles: [] };

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  return actor.roles.some((grant) => roles.includes(grant.role));
}

/** True for anybody who works for the neighbourhood, as opposed to living in it. */
export function isStaff(actor: Actor): boolean {
  return actor.roles.length > 0;
}

/** The person whose business it is: the resident acted for, else the actor. */
export function principalOf(actor: Actor): string {
  return actor.on_behalf_of_id ?? actor.id;
}
