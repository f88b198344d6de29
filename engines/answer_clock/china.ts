import chineseDays from 'chinese-days';
import { type Calendar, dateOf, dayOf, type Exception, type Shift, weekday } from './calendar.ts';

export const DEFAULT_SHIFTS: Shift[] = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];

/** The years whose arrangement the State Council has published and the installed package `chinese-days` holds. */
const FIRST_YEAR = 2004;

/**
 * China's calendar: Monday to Friday, public holidays off, make-up days (调休) worked. Holds every year from `from_year`
 * to the last one published; `known_until` says where that is. Source: the State Council's yearly notices, by way of the
 * package chinese-days.
 */
export function chinaCalendar({
  from_year,
  shifts = DEFAULT_SHIFTS,
}: {
  from_year: number;
  shifts?: Shift[];
}): Calendar {
  const exceptions: Exception[] = [];
  let known_until = '';
  for (let year = Math.max(FIRST_YEAR, from_year); ; year++) {
    const found = exceptionsOf(year, shifts);
    if (found.length === 0) break;
    exceptions.push(...found);
    known_until = `${year}-12-31`;
  }
  return {
    id: 'CN',
    version: `chinese-days ${known_until}`,
    time_zone: 'Asia/Shanghai',
    week: [shifts, shifts, shifts, shifts, shifts, [], []],
    exceptions,
    known_until,
  };
}

/** The dates of a year that differ from its weeks; none when nothing is published for it. */
function exceptionsOf(year: number, shifts: Shift[]): Exception[] {
  const exceptions: Exception[] = [];
  for (let day = dayOf(`${year}-01-01`); day <= dayOf(`${year}-12-31`); day++) {
    const on = dateOf(day);
    const { name, work } = chineseDays.getDayDetail(on);
    const [en, zh] = name.split(',');
    // Ordinary days carry the name of their weekday alone.
    if (!zh) continue;
    const isUsual = work === weekday(day) < 5;
    if (!isUsual || !work) exceptions.push({ on, why: { 'zh-CN': zh, en: en! }, shifts: work ? shifts : [] });
  }
  return exceptions;
}
