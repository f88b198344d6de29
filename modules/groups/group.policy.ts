import { type Actor, principalOf } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';
import type { HeldPost } from './post.store.ts';

export type GroupAction =
  | 'read'
  | 'write'
  | 'read_handlers'
  | 'write_post'
  | 'start_term'
  | 'admit'
  | 'read_members'
  | 'speak';

/** Who may do what with organisations. They are public bodies: everybody may see which there are and who holds their posts. */
export const groupPolicy: Policy<GroupAction> = {
  read: ['anybody'],
  write: ['administrator', 'system'],
  read_handlers: ['staff', 'system'],
  write_post: ['administrator', 'secretary', 'system'],
  start_term: ['administrator', 'secretary', 'system'],
  admit: ['speaker', 'administrator', 'secretary', 'system'],
  read_members: ['speaker', 'administrator', 'secretary', 'system'],
  speak: ['speaker'],
};

/** How an actor stands to an organisation: besides roles, whether they hold a post that speaks for it. */
export function groupRelations(actor: Actor, organisationId: string, held: readonly HeldPost[]): Set<string> {
  const relations = generalRelations(actor);
  if (actor.kind !== 'person' || actor.on_behalf_of_id) return relations;
  if (held.some((post) => post.speaks_for && post.organisation_id === organisationId)) relations.add('speaker');
  const handles = actor.roles.some((grant) => grant.role === 'handler' && grant.scope_id === organisationId);
  if (handles) relations.add('speaker');
  return relations;
}

/** Whose posts count for an actor: their own, never those of somebody they act for. */
export const holderOf = (actor: Actor): string | null =>
  actor.kind === 'person' && !actor.on_behalf_of_id ? principalOf(actor) : null;
