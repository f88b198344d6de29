import type { Restriction } from './account.ts';

/**
 * Whether a fund honours what a giver wants: it allows nothing that the wish does not. A wish that names nothing is honoured
 * by every fund. Pure.
 */
export function honours(restriction: Restriction, wish: Restriction): boolean {
  const keeps = (allowed: readonly string[] = [], wanted: readonly string[] = []) =>
    wanted.length === 0 || (allowed.length > 0 && allowed.every((one) => wanted.includes(one)));
  return keeps(restriction.projects, wish.projects) && keeps(restriction.categories, wish.categories);
}
