import { type Actor, principalOf } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type PersonAction =
  | 'read_own_file'
  | 'find'
  | 'unmask'
  | 'write'
  | 'grant_role'
  | 'record_proxy'
  | 'choose_staff';

/** Who may do what with a person's file. */
export const personPolicy: Policy<PersonAction> = {
  read_own_file: ['self'],
  find: ['desk_officer', 'grid_worker', 'administrator'],
  unmask: ['desk_officer', 'grid_worker', 'administrator'],
  write: ['self', 'administrator', 'desk_officer', 'system'],
  grant_role: ['administrator', 'system'],
  record_proxy: ['desk_officer', 'grid_worker', 'administrator'],
  choose_staff: ['staff'],
};

export function personRelations(actor: Actor, personId: string): Set<string> {
  const relations = generalRelations(actor);
  if (principalOf(actor) === personId) relations.add('self');
  return relations;
}
