export {
  type Calendar,
  ClockError,
  changedDates,
  checkCalendar,
  type Exception,
  type Shift,
  shiftsOn,
} from './calendar.ts';
export { chinaCalendar, DEFAULT_SHIFTS } from './china.ts';
export { type Due, dueAt, isWorkingTime, type Pause, type Span, workingMinutesBetween } from './due.ts';
