import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { findInstabilities, matchCourses } from '#engines/seat_draw/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = { assigned: Record<string, string | null> };

const id = z.string().min(1).max(200);
const market = z.object({
  courses: z.array(z.object({ id, seats: z.int().min(0), priority: z.array(z.array(id)).optional() })),
  applicants: z.array(z.object({ id, prefers: z.array(id) })),
  seed: z.string().min(1).optional(),
});

export const command: CommandLine = {
  name: 'match',
  summary: 'Seats for applicants who prefer some courses to others, so that nobody is passed over.',
  usage: `yingmen match FILE.json

  FILE.json  {"courses": [{"id", "seats", "priority": [[ids of equal rank], …]}],
              "applicants": [{"id", "prefers": [ids, the dearest first]}], "seed"}
             Who stands in no priority comes after all who do; equals go by one lottery number an applicant, made from the seed.`,
  async run({ args }) {
    const [file, ...rest] = args;
    if (!file || file.startsWith('--') || rest.length > 0) throw new UsageError('one file is needed');
    const given = readMarket(file);
    const assigned = matchCourses(given);
    const wrong = findInstabilities(given, assigned);
    if (wrong.length > 0) throw new Error(`the assignment is not stable: ${JSON.stringify(wrong[0])}`);
    return { assigned: Object.fromEntries(assigned) } satisfies Answer;
  },
  print(answer) {
    return Object.entries((answer as Answer).assigned)
      .map(([applicant, course]) => `${applicant}  ${course ?? '–'}`)
      .join('\n');
  },
};

function readMarket(file: string): z.infer<typeof market> {
  const text = readFileSync(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(said)?.[1] ?? text.length);
    const before = text.slice(0, at).split('\n');
    const where = { line: before.length, column: before.at(-1)!.length + 1 };
    refuseInWords('json_broken', `${file}, line ${where.line}, column ${where.column}: this is not JSON.`, where);
  }
  const parsed = market.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue!.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  refuseInWords('market_invalid', `${file}: ${path.slice(1) || 'the file'}: ${issue!.message}.`, {
    field: path.slice(1),
  });
}
