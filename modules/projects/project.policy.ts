import type { HeldPost } from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type ProjectAction =
  | 'read'
  | 'write_round'
  | 'propose'
  | 'sponsor'
  | 'reply'
  | 'withdraw'
  | 'vet'
  | 'vote'
  | 'type_paper'
  | 'close_round'
  | 'import';

/** Who may do what in venture rounds. The council vets; the secretary's office keeps rounds; whoever is verified votes, once. */
export const projectPolicy: Policy<ProjectAction> = {
  read: ['anybody'],
  write_round: ['administrator', 'secretary', 'system'],
  propose: ['signed_in'],
  sponsor: ['signed_in'],
  reply: ['proposer'],
  withdraw: ['proposer'],
  vet: ['council', 'secretary', 'system'],
  vote: ['signed_in'],
  type_paper: ['desk_officer', 'secretary', 'administrator'],
  close_round: ['administrator', 'secretary', 'system'],
  import: ['administrator', 'system'],
};

/** How an actor stands to a proposal or, without one, to the venture: roles, a seat in the council, having proposed it. */
export function projectRelations(
  actor: Actor,
  held: readonly HeldPost[],
  proposal?: { proposer_id: string | null; organisation_id: string | null },
): Set<string> {
  const relations = generalRelations(actor);
  if (actor.kind !== 'person') return relations;
  if (held.some((post) => post.organisation_kind === 'council')) relations.add('council');
  if (!proposal) return relations;
  if (proposal.proposer_id === (actor.on_behalf_of_id ?? actor.id)) relations.add('proposer');
  const speaks = held.some((post) => post.speaks_for && post.organisation_id === proposal.organisation_id);
  if (proposal.organisation_id && speaks) relations.add('proposer');
  return relations;
}
