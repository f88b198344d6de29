import type { HeldPost } from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Policy } from '#platform/policy.ts';
import { projectRelations } from './project.policy.ts';

export type DeliveryAction =
  | 'begin'
  | 'draft'
  | 'sign_for_organisation'
  | 'sign_for_community'
  | 'fund'
  | 'deliver'
  | 'decide'
  | 'watch'
  | 'name_beneficiary'
  | 'answer'
  | 'escalate';

/**
 * Who may do what with a project. Whoever speaks for the organisation that takes it on delivers; the council and the
 * secretary decide; the treasurer gives it its money; those it serves say what came of it.
 */
export const deliveryPolicy: Policy<DeliveryAction> = {
  begin: ['secretary', 'administrator', 'system'],
  draft: ['speaker', 'council', 'secretary'],
  sign_for_organisation: ['speaker'],
  sign_for_community: ['council_speaker', 'secretary'],
  fund: ['treasurer'],
  deliver: ['speaker'],
  decide: ['council', 'secretary'],
  watch: ['speaker', 'council', 'secretary'],
  // They were there and look people up; whoever carries a project out does not choose who says what came of it.
  name_beneficiary: ['grid_worker', 'desk_officer'],
  answer: ['signed_in'],
  escalate: ['system'],
};

/** How an actor stands to a project: roles, a seat in the council, speaking for the council or for who takes it on. */
export function deliveryRelations(
  actor: Actor,
  held: readonly HeldPost[],
  organisation_id: string | null,
): Set<string> {
  const relations = projectRelations(actor, held);
  if (actor.kind !== 'person' || actor.on_behalf_of_id) return relations;
  if (held.some((post) => post.organisation_kind === 'council' && post.speaks_for)) relations.add('council_speaker');
  const speaks = held.some((post) => post.speaks_for && post.organisation_id === organisation_id);
  const handles = actor.roles.some((grant) => grant.role === 'handler' && grant.scope_id === organisation_id);
  if (organisation_id && (speaks || handles)) relations.add('speaker');
  return relations;
}
