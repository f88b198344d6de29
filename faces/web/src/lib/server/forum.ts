import { text } from './act.ts';

/** The instant that a date and time field says, on the neighbourhood's clocks; undefined when it says none. */
export function instantIn(time_zone: string, local: string | undefined): Date | undefined {
  if (!local || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return undefined;
  const asUtc = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const shown = Date.parse(`${new Date(asUtc).toLocaleString('sv', { timeZone: time_zone }).replace(' ', 'T')}Z`);
  return new Date(asUtc - (shown - asUtc));
}

/** The plan of a session as its form says it. */
export function planFrom(form: FormData, time_zone: string) {
  const both = (name: string) => ({ 'zh-CN': text(form, `${name}_zh`), en: text(form, `${name}_en`) });
  const minutes = Number(text(form, 'speech_minutes') ?? '3');
  return {
    titles: both('title'),
    about: both('about'),
    held: text(form, 'held'),
    place_text: text(form, 'place_text'),
    online_url: text(form, 'online_url'),
    starts_at: instantIn(time_zone, text(form, 'starts_at')),
    ends_at: instantIn(time_zone, text(form, 'ends_at')),
    speech_seconds: Math.round(minutes * 60),
  };
}

/** The number of the first row of a page of a list, from the address. */
export function offsetFrom(url: URL, name = 'from_row'): number {
  const value = url.searchParams.get(name) ?? '';
  return /^\d{1,4}$/.test(value) ? Number(value) : 0;
}
