import type { Actor } from '#platform/actor.ts';
import { allows } from '#platform/policy.ts';
import { type RequestAction, requestPolicy, requestRelations } from './request.policy.ts';
import type { RequestRow } from './request.store.ts';
import { isOpen, STEPS, type State, type Step, stateAfter } from './request.ts';
import type { RoutedBy } from './routing.ts';

/** A request in a list: what anybody may see of it. */
export type RequestCard = {
  id: string;
  number: number;
  kind: 'need' | 'idea';
  state: State;
  category: { id: string; code: string; names: Record<string, string> };
  text: string;
  address_text: string | null;
  latitude: number | null;
  longitude: number | null;
  grid: { id: string; names: Record<string, string> } | null;
  owner: { id: string; public_name: string | null; organisation: Record<string, string> | null } | null;
  is_public: boolean;
  submitted_at: Date;
  due_at: Date | null;
  answered_at: Date | null;
  changed_at: Date;
  is_overdue: boolean;
  reopened_count: number;
  photo_hash: string | null;
  version: number;
};

/** What staff tell each other; the reporter reads everything else of their own need. */
export const AMONG_STAFF: readonly string[] = ['note', 'call_in_help', 'help_answered', 'escalate'];

/** The words of a request that this reader may see, and whether they are the private ones. */
export function visibleText(request: { text: string; public_text: string | null }, isPrivate: boolean): string {
  return isPrivate ? request.text : (request.public_text ?? '');
}

export function isOverdue(request: { state: State; due_at: Date | null; paused_at: Date | null }, now: Date): boolean {
  return isOpen(request.state) && request.paused_at === null && request.due_at !== null && request.due_at <= now;
}

const ACTION_OF: Partial<Record<Step, RequestAction>> = { help_answered: 'answer_help' };

/** Every step this actor may take from here: which buttons a page shows. The commands ask the same table again. */
export function possibleActions(actor: Actor, request: RequestRow, holdsCode: boolean): RequestAction[] {
  const relations = requestRelations(actor, request, holdsCode);
  return (Object.keys(STEPS) as Step[])
    .filter((step) => stateAfter(request.state, step) !== null)
    .map((step) => ACTION_OF[step] ?? (step as RequestAction))
    .filter((action) => allows(requestPolicy, action, relations));
}

export type { RoutedBy };
