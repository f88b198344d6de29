import { type Messages, translate, type Vars } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';

// The sentences of the phone come with its page, in the language in which the page is kept.
const root = document.querySelector<HTMLElement>('#phone')!;
const messages = JSON.parse(root.dataset.words!) as Messages;
export const locale = root.dataset.locale!;

export function t(key: string, vars?: Vars): string {
  return translate(messages, locale, key, vars);
}

export function named(names: Record<string, string> | null | undefined): string {
  return names?.[locale] ?? names?.['zh-CN'] ?? names?.en ?? '';
}

/** The day and the time, as the phone's holder says them. */
export function when(at: Date | string | number): string {
  return dateFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    ...{ month: locale === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(new Date(at));
}

export const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
