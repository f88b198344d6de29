import type { HeldPost } from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';
import type { CouncilRules } from './council_rules.ts';

export type CouncilAction =
  | 'read'
  | 'write_rules'
  | 'write_meeting'
  | 'lead_meeting'
  | 'attach_paper'
  | 'move'
  | 'second'
  | 'declare'
  | 'speak_for_member'
  | 'vote'
  | 'hold_vote'
  | 'type_papers'
  | 'rule'
  | 'write_minutes'
  | 'adopt_minutes'
  | 'publish_minutes'
  | 'resolve';

const OFFICE = ['secretary_general', 'secretary'] as const;

/**
 * Who may do what in the council. Everybody reads everything. The secretary-general, or the secretary's office for them,
 * keeps agenda and papers; the chair leads; only members move, second and vote; minutes are adopted by whoever chairs.
 */
export const councilPolicy: Policy<CouncilAction> = {
  read: ['anybody'],
  write_rules: ['secretary', 'administrator'],
  write_meeting: [...OFFICE, 'chair'],
  lead_meeting: [...OFFICE, 'chair'],
  attach_paper: [...OFFICE, 'chair', 'member'],
  move: [...OFFICE, 'member'],
  second: ['member', ...OFFICE],
  declare: ['member', ...OFFICE],
  /** Writes down what a member says or raises a hand for in the room: in the open only. */
  speak_for_member: OFFICE,
  vote: ['member', 'assistant', ...OFFICE],
  hold_vote: [...OFFICE, 'chair'],
  /** Two of them read the papers of a secret vote, each for themselves. */
  type_papers: [...OFFICE, 'chair'],
  rule: ['chair', ...OFFICE],
  write_minutes: OFFICE,
  adopt_minutes: ['chair'],
  publish_minutes: [...OFFICE, 'chair'],
  resolve: [...OFFICE, 'chair'],
};

/** How an actor stands to a council: by roles, and by the posts they hold themselves in it. */
export function councilRelations(
  actor: Actor,
  held: readonly HeldPost[],
  organisation_id: string,
  { posts }: CouncilRules,
): Set<string> {
  const relations = generalRelations(actor);
  if (actor.kind !== 'person') return relations;
  if (actor.on_behalf_of_id) {
    if (relations.has('staff')) relations.add('assistant');
    return relations;
  }
  for (const { code } of held.filter((post) => post.organisation_id === organisation_id)) {
    if (posts.voting.includes(code)) relations.add('member');
    if (posts.chairing.includes(code)) relations.add('chair');
    if (posts.secretary.includes(code)) relations.add('secretary_general');
  }
  return relations;
}
