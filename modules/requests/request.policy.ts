import { type Actor, principalOf } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';
import type { Step } from './request.ts';

/** Seeing it, every step of its life, and following. A helper's answer is a step that the owner's thread tells in its own word. */
export type RequestAction = 'show' | 'show_private' | 'follow' | 'answer_help' | Exclude<Step, 'help_answered'>;

const CARERS = ['owner', 'desk_officer'] as const;
const READERS = [
  'reporter',
  'proxy',
  'owner',
  'helper',
  'own_organisation',
  'own_grid',
  'desk_officer',
  'secretary',
  'system',
] as const;

/** Who may do what with a request. Relations are computed by `requestRelations`. */
export const requestPolicy: Policy<RequestAction> = {
  show: ['public', 'follower', 'code_holder', ...READERS],
  show_private: ['code_holder', ...READERS],
  accept: ['own_organisation', ...CARERS],
  hand_on: ['own_organisation', 'system', ...CARERS],
  recategorise: ['own_organisation', ...CARERS],
  ask_reporter: CARERS,
  reply: ['reporter', 'proxy', 'code_holder', 'desk_officer'],
  promise: CARERS,
  answer: CARERS,
  finish: CARERS,
  refuse: CARERS,
  confirm: ['reporter', 'proxy', 'code_holder'],
  reopen: ['reporter', 'proxy', 'code_holder', 'follower', 'desk_officer', 'secretary'],
  join_into: ['desk_officer', 'owner'],
  split_up: ['desk_officer', 'owner'],
  withdraw: ['reporter', 'proxy', 'code_holder'],
  call_in_help: CARERS,
  answer_help: ['helper'],
  redact: ['desk_officer', 'secretary'],
  note: ['owner', 'helper', 'own_organisation', 'desk_officer', 'secretary'],
  follow: ['signed_in'],
  close_without_word: ['system'],
  escalate: ['system'],
  recompute: ['system', 'administrator'],
};

export type RequestTies = {
  id: string;
  reporter_id: string | null;
  recorded_by_id: string;
  owner_id: string | null;
  owner_organisation_id: string | null;
  grid_id: string | null;
  is_public: boolean;
  helper_person_ids: string[];
  helper_organisation_ids: string[];
  follower_ids: string[];
};

/** How the actor stands to a request. A proxy acts as the one they stand for; the record says who it was. */
export function requestRelations(actor: Actor, request: RequestTies, holdsCode = false): Set<string> {
  const relations = generalRelations(actor);
  if (request.is_public) relations.add('public');
  if (holdsCode) relations.add('code_holder');
  if (actor.kind !== 'person') return relations;
  if (request.reporter_id === actor.id) relations.add('reporter');
  if (request.reporter_id !== null && request.reporter_id === principalOf(actor) && actor.on_behalf_of_id)
    relations.add('proxy');
  if (request.owner_id === actor.id) relations.add('owner');
  if (request.helper_person_ids.includes(actor.id)) relations.add('helper');
  if (request.follower_ids.includes(principalOf(actor))) relations.add('follower');
  for (const grant of actor.roles) {
    if (!grant.scope_id) continue;
    if (grant.role === 'handler' && grant.scope_id === request.owner_organisation_id) relations.add('own_organisation');
    if (grant.role === 'handler' && request.helper_organisation_ids.includes(grant.scope_id)) relations.add('helper');
    if (grant.role === 'grid_worker' && grant.scope_id === request.grid_id) relations.add('own_grid');
  }
  return relations;
}
