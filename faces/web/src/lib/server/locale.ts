import { LOCALES, type Locale, type Visit } from '#faces/server/visit.ts';
import { translate, type Vars } from '#platform/i18n.ts';
import { messages } from './messages.ts';

/** A sentence outside a page: titles, files, messages to phones. */
export function locale(visit: Pick<Visit, 'locale'>, key: string, vars?: Vars): string {
  return translate(messages[visit.locale], visit.locale, key, vars);
}

/** The language of a file: the one its address asks for by `lang`, or the reader's. */
export const localeAsked = (visit: Pick<Visit, 'locale'>, url: URL): Locale =>
  LOCALES.find((one) => one === url.searchParams.get('lang')) ?? visit.locale;
