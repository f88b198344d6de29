import { type Messages, translate, type Vars } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';

export { clockOf as clock } from '#platform/clock.ts';

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

/** A door as people say it: “荷塘里3栋2单元501”, “Lotus Pond Lane 3, stair 2, 501”. */
export function doorName({ building_names, unit, door }: DoorAt): string {
  return t('visits.door_name', { building: named(building_names), unit: String(unit), door });
}
type DoorAt = { building_names: Record<string, string>; unit: number; door: string };

// As the server says it, whatever zone the phone's own clock is set to.
const DAY: Intl.DateTimeFormatOptions = {
  ...{ timeZone: root.dataset.zone, month: locale === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short' },
};
const format = (at: Date | string | number, how: Intl.DateTimeFormatOptions) =>
  dateFormat(locale === 'en' ? 'en-GB' : 'zh-CN', how).format(new Date(at));

/** The day in the neighbourhood. */
export const day = (at: string): string => format(at, DAY);

/** The day and the time in the neighbourhood. */
export const when = (at: Date | string | number): string =>
  format(at, { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
