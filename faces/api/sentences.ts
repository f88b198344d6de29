import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import { type Messages, mergeMessages, sentenceOf, type Vars } from '#platform/i18n.ts';

const kept = new Map<string, Messages>();

/** All sentences of a language, read once from the platform's and the modules' files. */
export function messagesOf(locale: string): Messages {
  let found = kept.get(locale);
  if (!found) {
    const files = globSync(`{platform,modules/*,faces/*}/locales/${locale}.json`, { cwd: REPOSITORY }).sort();
    found = mergeMessages(...files.map((file) => JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as Messages));
    kept.set(locale, found);
  }
  return found;
}

type Refused = Error & { code?: string; vars?: Vars; where?: { field?: string }; also?: Refused[] };

/** What a refusal says, one sentence a wrong field. */
export function sentencesOf(refusal: Refused, locale: string): string[] {
  return [refusal, ...(refusal.also ?? [])].map((one) => {
    const sentence = sentenceOf(messagesOf(locale), locale, { code: one.code ?? 'unknown', vars: one.vars });
    return one.where?.field ? `${one.where.field}: ${sentence}` : sentence;
  });
}
