import type { Actor } from './actor.ts';
import { notFound } from './refusal.ts';

/**
 * Who may do what, as data: for each action the relations of which one is enough. A relation is a role (`desk_officer`),
 * a tie to the thing (`reporter`, `owner`) or a general word (`anybody`, `signed_in`, `system`).
 * The same table is read by commands, by pages (which buttons to show) and by the page that explains permissions.
 */
export type Policy<Action extends string = string> = Record<Action, readonly string[]>;

/** The relations every actor has by itself: general words and roles. */
export function generalRelations(actor: Actor): Set<string> {
  const relations = new Set<string>(['anybody']);
  if (actor.kind === 'system') relations.add('system');
  if (actor.kind === 'person') relations.add('signed_in');
  for (const grant of actor.roles) relations.add(grant.role);
  if (actor.roles.length > 0) relations.add('staff');
  return relations;
}

/** True when one of the actor's relations to the thing allows the action. */
export function allows<Action extends string>(
  policy: Policy<Action>,
  action: Action,
  relations: ReadonlySet<string>,
): boolean {
  return policy[action].some((relation) => relations.has(relation));
}

/** Refuses with `not_found` (forbidden is not found) unless allowed. */
export function demand<Action extends string>(
  policy: Policy<Action>,
  action: Action,
  relations: ReadonlySet<string>,
  thing: { kind: string; id: string },
): void {
  if (!allows(policy, action, relations)) notFound(thing.kind, thing.id);
}
