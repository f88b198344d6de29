import type { Visit } from '#faces/server/visit.ts';
import { translate, type Vars } from '#platform/i18n.ts';
import { messages } from './messages.ts';

/** A sentence outside a page: titles, files, messages to phones. */
export function locale(visit: Pick<Visit, 'locale'>, key: string, vars?: Vars): string {
  return translate(messages[visit.locale], visit.locale, key, vars);
}
