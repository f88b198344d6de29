import { numberFormat, pluralRules } from './intl.ts';

/** Messages by dotted key; a plural is an object of Intl.PluralRules categories. */
export type Messages = { [key: string]: string | Messages };

/** Puts the messages of several files into one tree; a key that is there twice is an error of ours. */
export function mergeMessages(...parts: Messages[]): Messages {
  const merged: Messages = {};
  for (const part of parts) mergeInto(merged, part, '');
  return merged;
}

function mergeInto(into: Messages, from: Messages, path: string): void {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    if (typeof value === 'string') {
      if (there !== undefined && there !== value) throw new Error(`the message ${path}${key} is there twice`);
      into[key] = value;
    } else {
      if (typeof there === 'string') throw new Error(`the message ${path}${key} is there twice`);
      into[key] = there ?? {};
      mergeInto(into[key] as Messages, value, `${path}${key}.`);
    }
  }
}

export type Vars = Record<string, string | number>;

/** The text of a key in a language, with `{name}` filled in; a count chooses the plural form. The key itself when there is none. */
export function translate(messages: Messages, locale: string, key: string, vars: Vars = {}): string {
  let found: string | Messages | undefined = messages;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found === 'object' && typeof vars.count === 'number') {
    found = found[pluralRules(locale).select(vars.count)] ?? found.other;
  }
  if (typeof found !== 'string') return key;
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = vars[name];
    return value === undefined ? whole : typeof value === 'number' ? numberFormat(locale).format(value) : value;
  });
}

export function hasMessage(messages: Messages, key: string): boolean {
  let found: string | Messages | undefined = messages;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return found !== undefined;
}

/** The sentence of a refusal in the reader's language; one that has none of its own says that something did not work. */
export function sentenceOf(messages: Messages, locale: string, refusal: { code: string; vars?: Vars }): string {
  const key = `refusals.${refusal.code}`;
  if (hasMessage(messages, key)) return translate(messages, locale, key, refusal.vars);
  return translate(messages, locale, 'refusals.unknown', { code: refusal.code });
}
