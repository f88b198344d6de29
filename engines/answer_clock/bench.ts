import { chinaCalendar, dueAt, isWorkingTime } from './index.ts';

const DEADLINES = 100_000;
const NAIVE = 20;
const HOURS = 40;

/** Deadlines of 40 working hours a second, beside counting minute by minute; both give the same instants. */
export async function rows() {
  const calendar = chinaCalendar({ from_year: 2024 });
  const starts = (count: number) =>
    Array.from({ length: count }, (_, at) => new Date(1_735_700_400_000 + at * 300_000));
  dueAt(calendar, new Date(1_735_700_400_000), { hours: HOURS });
  let began = performance.now();
  for (const from of starts(DEADLINES)) dueAt(calendar, from, { hours: HOURS });
  const ours = Math.round((DEADLINES * 1000) / (performance.now() - began));
  began = performance.now();
  for (const from of starts(NAIVE)) {
    let [left, time] = [HOURS * 60, from.getTime()];
    for (; left > 0; time += 60_000) if (isWorkingTime(calendar, new Date(time))) left--;
    if (time !== dueAt(calendar, from, { hours: HOURS }).due_at.getTime()) throw new Error('the two counts differ');
  }
  const theirs = Math.round((NAIVE * 1000) / (performance.now() - began));
  const note = 'theirs: counting minute by minute over the same day table';
  return [{ name: 'answer_clock: 40 working hours', ours, theirs, ratio: ours / theirs, unit: 'deadlines/s', note }];
}
