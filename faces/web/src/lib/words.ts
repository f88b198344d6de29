import type { Locale } from '#faces/server/visit.ts';
import { translate, type Vars } from '#platform/i18n.ts';
import { dateFormat, numberFormat } from '#platform/intl.ts';
import { page } from '$app/state';
import { messages } from './server/messages.ts';
import type { Vocabulary } from './vocabulary.ts';

export { clockOf as clock } from '#platform/clock.ts';

/** The reader's language on the page being made. */
export function locale(): Locale {
  return page.data.locale as Locale;
}

/** The sentence of a key in the reader's language. */
export function t(key: string, vars?: Vars): string {
  return translate(messages[locale()], locale(), key, vars);
}

/** A name that has both languages, in the reader's. */
export function named(names: Record<string, string> | null | undefined): string {
  return names?.[locale()] ?? names?.['zh-CN'] ?? names?.en ?? '';
}

/** Where a gift went: its fund, and what it is for alone, if it is. */
export function givenTo(gift: { fund_names: Names; line_names: Names }): string {
  const alone = gift.line_names && t('funds.gifts.only_for', { what: named(gift.line_names) });
  return [named(gift.fund_names), alone].filter(Boolean).join(' · ');
}
type Names = Record<string, string> | null;

/** A door as people say it: “荷塘里3栋2单元501”, “Lotus Pond Lane 3, stair 2, 501”. */
export function doorName({ building_names, unit, door }: DoorAt): string {
  return t('visits.door_name', { building: named(building_names), unit: String(unit), door });
}
type DoorAt = { building_names: Record<string, string>; unit: number; door: string };

/** What a term of the vocabulary is called here, in the reader's language; its code when there is no such term. */
export function term(kind: string, code: string): string {
  return named((page.data.vocabulary as Vocabulary).namesOf(kind, code)) || code;
}

const ZONE = () => page.data.time_zone as string;

/** “3月4日 周三 10:00” / “Wed, 4 Mar, 10:00”; the year when it is not this one. */
export function when(at: Date | string | null, withTime = true): string {
  if (!at) return '';
  const date = new Date(at);
  const thisYear = (one: Date) => dateFormat('en', { timeZone: ZONE(), year: 'numeric' }).format(one);
  return dateFormat(locale() === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: ZONE(),
    month: locale() === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
    ...(thisYear(date) !== thisYear(new Date()) && { year: 'numeric' }),
    ...(withTime && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(date);
}

export function percent(value: number | null): string {
  return value === null ? '—' : numberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value);
}

/** Large counts in 万 for Chinese readers, with thousands marks in English. */
export function count(value: number): string {
  if (locale() === 'zh-CN' && value >= 100_000)
    return `${numberFormat('zh-CN', { maximumFractionDigits: 1 }).format(value / 10_000)}万`;
  return numberFormat(locale()).format(value);
}

/** Hours as people say them: “5 小时”, “2.5 天”. */
export function duration(hours: number | null): string {
  if (hours === null) return '—';
  if (hours < 48) return t('web.hours', { count: Math.round(hours) });
  return t('web.days', { count: Math.round(hours / 2.4) / 10 });
}
