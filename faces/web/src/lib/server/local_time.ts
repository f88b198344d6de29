import { text } from './act.ts';

/** The instant that a date and time field says, on the neighbourhood's clocks; undefined when it says none. */
function instantIn(time_zone: string, local: string | undefined): Date | undefined {
  if (!local || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return undefined;
  const asUtc = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const shown = Date.parse(`${new Date(asUtc).toLocaleString('sv', { timeZone: time_zone }).replace(' ', 'T')}Z`);
  return new Date(asUtc - (shown - asUtc));
}

/** When something begins and ends, as the fields of its form say it. */
export const spanFrom = (form: FormData, time_zone: string) => ({
  starts_at: instantIn(time_zone, text(form, 'starts_at')),
  ends_at: instantIn(time_zone, text(form, 'ends_at')),
});

/** What such fields want: the neighbourhood's clock, without a zone. */
export function spanFields({ starts_at, ends_at }: { starts_at: Date; ends_at: Date }, time_zone: string) {
  const local = (at: Date) => at.toLocaleString('sv', { timeZone: time_zone }).slice(0, 16).replace(' ', 'T');
  return { starts_local: local(starts_at), ends_local: local(ends_at) };
}
