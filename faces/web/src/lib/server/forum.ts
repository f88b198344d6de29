import { both, text } from './act.ts';
import { spanFrom } from './local_time.ts';

/** The plan of a session as its form says it. */
export function planFrom(form: FormData, time_zone: string) {
  const minutes = Number(text(form, 'speech_minutes') ?? '3');
  return {
    titles: both(form, 'title'),
    about: both(form, 'about'),
    held: text(form, 'held'),
    place_text: text(form, 'place_text'),
    online_url: text(form, 'online_url'),
    ...spanFrom(form, time_zone),
    speech_seconds: Math.round(minutes * 60),
  };
}

/** The number of the first row of a page of a list, from the address. */
export function offsetFrom(url: URL, name = 'from_row'): number {
  const value = url.searchParams.get(name) ?? '';
  return /^\d{1,4}$/.test(value) ? Number(value) : 0;
}
