import { type Actor, isStaff, principalOf } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type PersonAction =
  | 'read_own_file'
  | 'find'
  | 'find_by_phone'
  | 'unmask'
  | 'write'
  | 'write_own'
  | 'name_staff'
  | 'record_residence'
  | 'settle_dispute'
  | 'grant_role'
  | 'record_proxy'
  | 'decide_correction'
  | 'act_for'
  | 'choose_staff'
  | 'reseal'
  | 'delete_due';

/**
 * Who may do what with a person's file. `self` is the person alone at their own sign-in; `proxy` a family member whom
 * they agreed to. Staff who act for somebody get neither: they look files up, with a reason that is told.
 */
export const personPolicy: Policy<PersonAction> = {
  read_own_file: ['self', 'proxy'],
  find: ['desk_officer', 'grid_worker', 'administrator'],
  find_by_phone: ['desk_officer', 'grid_worker', 'administrator', 'treasurer'],
  unmask: ['desk_officer', 'grid_worker', 'administrator'],
  write: ['administrator', 'desk_officer', 'grid_worker', 'system'],
  write_own: ['self'],
  name_staff: ['administrator', 'system'],
  record_residence: ['desk_officer', 'grid_worker', 'administrator', 'system'],
  settle_dispute: ['desk_officer', 'administrator'],
  grant_role: ['administrator', 'system'],
  record_proxy: ['desk_officer', 'grid_worker', 'administrator'],
  decide_correction: ['desk_officer', 'grid_worker', 'administrator'],
  act_for: ['desk_officer', 'grid_worker'],
  choose_staff: ['staff'],
  reseal: ['administrator', 'system'],
  delete_due: ['system'],
};

/** How an actor stands to a person. Nobody is `self` in the name of somebody else. */
export function personRelations(actor: Actor, personId: string): Set<string> {
  const relations = generalRelations(actor);
  if (actor.kind !== 'person') return relations;
  if (principalOf(actor) !== personId) return relations;
  if (!actor.on_behalf_of_id) relations.add('self');
  else if (!isStaff(actor)) relations.add('proxy');
  return relations;
}
