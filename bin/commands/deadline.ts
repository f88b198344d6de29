import { parseArgs } from 'node:util';
import { type Calendar, ClockError, chinaCalendar, dueAt } from '#engines/answer_clock/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = { due_at: string; skipped: { on: string; why: string }[]; known_until: string | null };

const usage = `yingmen deadline --from INSTANT --days N [--hours N] [--calendar CN] [--pause FROM/TO …]

  --from      an instant with its offset, as 2026-11-23T10:00+08:00
  --days      working days after the day of receipt
  --hours     working hours, counted first
  --calendar  CN: China's public holidays and make-up days
  --pause     two instants between which the clock stood still; may be given several times`;

export const command: CommandLine = {
  name: 'deadline',
  summary: 'The due instant in working days of a calendar.',
  usage,
  async run({ args }) {
    const wanted = readArgs(args);
    const from = instantOf(wanted.from, '--from');
    const pauses = wanted.pause.map((text) => {
      const [begin, end] = text.split('/');
      const pause = { from: instantOf(begin, '--pause'), to: instantOf(end, '--pause') };
      if (pause.to < pause.from)
        refuseInWords('pause_invalid', `--pause ends before it begins: "${text}".`, { field: '--pause' });
      return pause;
    });
    const calendar = calendarNamed(wanted.calendar, from);
    try {
      const { due_at, skipped } = dueAt(
        calendar,
        from,
        { days: numberOf(wanted.days, '--days'), hours: numberOf(wanted.hours, '--hours') },
        pauses,
      );
      return {
        due_at: due_at.toISOString(),
        skipped: skipped.map(({ on, why }) => ({ on, why: why.en ?? '' })),
        known_until: calendar.known_until ?? null,
      } satisfies Answer;
    } catch (error) {
      if (error instanceof ClockError) refuseInWords(error.code, `${error.message}.`);
      throw error;
    }
  },
  print(answer) {
    const { due_at, skipped } = answer as Answer;
    return [due_at, ...skipped.map(({ on, why }) => `  ${on} is not counted: ${why}`)].join('\n');
  },
};

function readArgs(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = {
      from: text,
      days: text,
      hours: text,
      calendar: { ...text, default: 'CN' },
      pause: { ...text, multiple: true },
    } as const;
    const { values } = parseArgs({ args, options });
    if (!values.from || (!values.days && !values.hours))
      throw new UsageError('--from and one of --days, --hours are needed');
    return { ...values, pause: values.pause ?? [] };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function instantOf(text: string | undefined, field: string): Date {
  const at = new Date(text ?? '');
  const isWhole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text ?? '');
  if (!isWhole || Number.isNaN(at.getTime())) {
    refuseInWords(
      'instant_invalid',
      `${field} needs an instant with its offset, like 2026-11-23T10:00+08:00, not "${text}".`,
      { field },
    );
  }
  return at;
}

function numberOf(text: string | undefined, field: string): number {
  if (text === undefined) return 0;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    refuseInWords('number_invalid', `${field} needs a number, not "${text}".`, { field });
  return number;
}

function calendarNamed(name: string, from: Date): Calendar {
  if (name !== 'CN')
    refuseInWords('calendar_unknown', `There is no calendar "${name}"; CN is there.`, { field: '--calendar' });
  return chinaCalendar({ from_year: from.getUTCFullYear() - 1 });
}
