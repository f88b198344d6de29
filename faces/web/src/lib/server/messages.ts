import type { Locale } from '#faces/server/visit.ts';
import { type Messages, mergeMessages } from '#platform/i18n.ts';

type Files = Record<string, { default: Messages }>;
const platform = import.meta.glob('../../../../../platform/locales/*.json', { eager: true }) as Files;
const modules = import.meta.glob('../../../../../modules/*/locales/*.json', { eager: true }) as Files;
const pages = import.meta.glob('../../../locales/*.json', { eager: true }) as Files;

const of = (locale: Locale) =>
  mergeMessages(
    ...Object.entries({ ...platform, ...modules, ...pages })
      .filter(([path]) => path.endsWith(`/${locale}.json`))
      .map(([, file]) => file.default),
  );

/** All sentences, by language; pages are made on the server, so none of this travels. */
export const messages: Record<Locale, Messages> = { 'zh-CN': of('zh-CN'), en: of('en') };
