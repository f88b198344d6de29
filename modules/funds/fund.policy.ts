import type { HeldPost } from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type FundAction =
  | 'read_public'
  | 'read_books'
  | 'see_desk'
  | 'open_account'
  | 'post'
  | 'request_spending'
  | 'approve'
  | 'close_month'
  | 'reconcile'
  | 'disclose'
  | 'remind';

/**
 * Who may do what with money. The treasurer writes; whoever approves is somebody else (`spending.ts` sees to that); the
 * auditor reads everything and writes nothing. Everybody may read the public ledger.
 */
export const fundPolicy: Policy<FundAction> = {
  read_public: ['anybody'],
  read_books: ['treasurer', 'auditor', 'secretary', 'system'],
  see_desk: ['treasurer', 'auditor', 'secretary', 'council_signatory', 'system'],
  open_account: ['treasurer', 'system'],
  post: ['treasurer', 'system'],
  request_spending: [
    'treasurer',
    'secretary',
    'desk_officer',
    'grid_worker',
    'administrator',
    'council_signatory',
    'speaker',
    'system',
  ],
  approve: ['treasurer', 'secretary', 'council_signatory'],
  close_month: ['treasurer', 'system'],
  reconcile: ['treasurer', 'system'],
  disclose: ['treasurer', 'secretary', 'system'],
  remind: ['system'],
};

/** The posts of the council that sign for money. */
export const SIGNATORY_POSTS = ['chair', 'supervisor'];

/**
 * How an actor stands to the money: besides roles, whether they hold a post of the council that signs for it, or speak for
 * an organisation, which may ask for what it carries out.
 */
export function fundRelations(actor: Actor, held: readonly HeldPost[]): Set<string> {
  const relations = generalRelations(actor);
  const signs = held.some((post) => post.organisation_kind === 'council' && SIGNATORY_POSTS.includes(post.code));
  if (signs) relations.add('council_signatory');
  const handles = actor.roles.some((grant) => grant.role === 'handler' && grant.scope_kind === 'organisation');
  if (!actor.on_behalf_of_id && (handles || held.some((post) => post.speaks_for))) relations.add('speaker');
  return relations;
}
