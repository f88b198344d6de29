import { clockIn, instantIn } from '#platform/clock.ts';
import { text } from './act.ts';

/** When something begins and ends, as the fields of its form say it. */
export const spanFrom = (form: FormData, time_zone: string) => ({
  starts_at: instantIn(time_zone, text(form, 'starts_at')),
  ends_at: instantIn(time_zone, text(form, 'ends_at')),
});

/** What such fields want: the neighbourhood's clock, without a zone. */
export function spanFields({ starts_at, ends_at }: { starts_at: Date; ends_at: Date }, time_zone: string) {
  const local = (at: Date) => clockIn(time_zone, at).slice(0, 16);
  return { starts_local: local(starts_at), ends_local: local(ends_at) };
}
