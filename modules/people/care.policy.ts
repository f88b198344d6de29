import type { Actor } from '#platform/actor.ts';
import { allows, type Policy } from '#platform/policy.ts';
import { personRelations } from './people.policy.ts';

export type CareAction =
  | 'record_care'
  | 'see_care'
  | 'list_due_care'
  | 'count_care_kinds'
  | 'give_consent'
  | 'record_consent'
  | 'withdraw_consent'
  | 'publish_consent_text';

/**
 * Who may do what with circumstances and consents. `worker_there` is a grid worker in whose grid the person lives;
 * `seen_by` holds a role that the circumstance names. A proxy sees and decides for the subject; staff who act for
 * somebody do not by it.
 */
export const carePolicy: Policy<CareAction> = {
  record_care: ['desk_officer', 'worker_there', 'self', 'system'],
  see_care: ['seen_by', 'self', 'proxy'],
  list_due_care: ['desk_officer', 'grid_worker', 'secretary', 'handler', 'system'],
  count_care_kinds: ['administrator', 'system'],
  give_consent: ['self', 'guardian'],
  record_consent: ['desk_officer', 'worker_there', 'system'],
  withdraw_consent: ['self', 'proxy', 'guardian', 'desk_officer', 'worker_there', 'system'],
  publish_consent_text: ['administrator', 'system'],
};

/** How an actor stands to a person who lives in these grids; a grid worker counts in their own grids alone. */
export function careRelations(actor: Actor, person_id: string, grid_ids: readonly (string | null)[]): Set<string> {
  const relations = personRelations(actor, person_id);
  if (grid_ids.some((grid_id) => worksIn(actor, grid_id))) relations.add('worker_there');
  return relations;
}

/** Whether staff may open and write down circumstances and consents of somebody who lives in these grids; never their own. */
export function mayLookAfter(actor: Actor, person_id: string, grid_ids: readonly (string | null)[]): boolean {
  return actor.id !== person_id && allows(carePolicy, 'record_consent', careRelations(actor, person_id, grid_ids));
}

export function worksIn(actor: Actor, grid_id: string | null): boolean {
  return actor.roles.some(
    (grant) => grant.role === 'grid_worker' && (grant.scope_kind === 'community' || grant.scope_id === grid_id),
  );
}

/** Which circumstances an actor may see: those of roles held everywhere, and those of grid workers in these grids. */
export type Sight = { roles: string[]; grid_ids: string[] };

export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'system') return { roles: ['grid_worker', 'desk_officer', 'secretary', 'handler'], grid_ids: [] };
  const [inGrids, everywhere] = [
    actor.roles.filter((grant) => grant.role === 'grid_worker' && grant.scope_kind === 'grid'),
    actor.roles.filter((grant) => grant.role !== 'grid_worker' || grant.scope_kind === 'community'),
  ];
  return {
    roles: [...new Set(everywhere.map((grant) => grant.role))],
    grid_ids: inGrids.flatMap((grant) => (grant.scope_id ? [grant.scope_id] : [])),
  };
}
