import type { Actor } from '#platform/actor.ts';
import { generalRelations, type Policy } from '#platform/policy.ts';

export type ForumAction =
  | 'read'
  | 'speak'
  | 'mark'
  | 'give_opinion'
  | 'draw_map'
  | 'ask_to_speak'
  | 'write_session'
  | 'lead_session'
  | 'write_minutes'
  | 'correct_minutes'
  | 'moderate'
  | 'conclude'
  | 'suggest';

/** Who may do what at Morning Tea: everybody reads; residents who are signed in speak, mark and say what they think. */
export const forumPolicy: Policy<ForumAction> = {
  read: ['anybody'],
  speak: ['signed_in'],
  mark: ['signed_in'],
  give_opinion: ['signed_in'],
  draw_map: ['system'],
  ask_to_speak: ['signed_in'],
  write_session: ['secretary', 'administrator', 'desk_officer'],
  lead_session: ['session_secretary', 'secretary', 'administrator', 'desk_officer'],
  write_minutes: ['session_secretary', 'secretary', 'administrator', 'desk_officer'],
  correct_minutes: ['speaker', 'session_secretary', 'secretary', 'administrator', 'desk_officer'],
  moderate: ['secretary', 'administrator', 'desk_officer'],
  conclude: ['session_secretary', 'secretary', 'administrator', 'desk_officer'],
  suggest: ['secretary', 'administrator'],
};

type Ties = { secretary_id?: string | null; speaker_id?: string | null };

/** How an actor stands to the forum: roles, the session they take minutes of, what they said themselves. Nobody speaks in another's name. */
export function forumRelations(actor: Actor, { secretary_id, speaker_id }: Ties = {}): Set<string> {
  const relations = generalRelations(actor);
  if (actor.on_behalf_of_id) relations.delete('signed_in');
  else if (actor.kind === 'person') {
    if (secretary_id === actor.id) relations.add('session_secretary');
    if (speaker_id === actor.id) relations.add('speaker');
  }
  return relations;
}
