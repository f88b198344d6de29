import { type Actor, hasRole } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type VisitAction =
  | 'see_due'
  | 'plan'
  | 'plan_for_others'
  | 'show_round'
  | 'record'
  | 'show_visit'
  | 'hand_over'
  | 'write_safety_note'
  | 'record_wish'
  | 'decide_conflict'
  | 'see_coverage'
  | 'order_wipe';

const IN_GRID = ['own_grid', 'door_worker'] as const;

/** Who may do what with doors, rounds and visits. `own_grid` works where the door is, `door_worker` was given that door. */
export const visitPolicy: Policy<VisitAction> = {
  see_due: ['grid_worker', 'desk_officer', 'secretary'],
  plan: ['grid_worker', 'system'],
  plan_for_others: ['desk_officer', 'secretary', 'system'],
  show_round: ['round_worker', 'desk_officer', 'secretary'],
  record: [...IN_GRID, 'round_worker', 'desk_officer'],
  show_visit: [...IN_GRID, 'visit_worker', 'desk_officer', 'secretary'],
  hand_over: [...IN_GRID, 'round_worker', 'desk_officer', 'secretary', 'system'],
  write_safety_note: [...IN_GRID, 'desk_officer', 'secretary'],
  record_wish: [...IN_GRID, 'household', 'round_worker', 'desk_officer'],
  decide_conflict: ['desk_officer', 'secretary'],
  see_coverage: ['grid_worker', 'desk_officer', 'secretary'],
  order_wipe: ['phone_holder', 'desk_officer', 'secretary'],
};

export type DoorTies = { grid_id: string | null; door_worker_id?: string | null };

/** How somebody stands to a door. Nobody is staff in the name of somebody they act for. */
export function doorRelations(
  actor: Actor,
  door: DoorTies,
  more: { round_worker_id?: string; visit_worker_id?: string } = {},
) {
  const relations = generalRelations(actor);
  if (actor.kind !== 'person') return relations;
  const inGrid = actor.roles.some(
    (grant) => grant.role === 'grid_worker' && (grant.scope_kind === 'community' || grant.scope_id === door.grid_id),
  );
  if (inGrid) relations.add('own_grid');
  if (hasRole(actor, 'grid_worker') && door.door_worker_id === actor.id) relations.add('door_worker');
  if (more.round_worker_id === actor.id) relations.add('round_worker');
  if (more.visit_worker_id === actor.id) relations.add('visit_worker');
  return relations;
}

/** The grids somebody works in; null when they see every grid. */
export function gridsOf(actor: Actor): string[] | null {
  if (hasRole(actor, 'desk_officer', 'secretary') || actor.kind === 'system') return null;
  const grants = actor.roles.filter((grant) => grant.role === 'grid_worker');
  if (grants.some((grant) => grant.scope_kind === 'community')) return null;
  return grants.flatMap((grant) => (grant.scope_id ? [grant.scope_id] : []));
}
