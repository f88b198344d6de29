import type { z } from 'zod';
import { Refusal } from './refusal.ts';

/**
 * Parses outside words by a schema. U+0000 is taken out of every text first and halves of surrogate pairs are replaced:
 * neither `text` nor `jsonb` of PostgreSQL can hold them. Every wrong field becomes a refusal of its own, so that a form
 * can mark them all; codes are the locale keys `refusals.<code>`: required, too_long, too_short, too_large, too_small, invalid_choice, invalid_input.
 */
export function parse<Output>(schema: z.ZodType<Output>, raw: unknown): Output {
  const result = schema.safeParse(storable(raw), { reportInput: true });
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues.map(refusalOf);
  throw new Refusal(first!.code, first!.vars, first!.where, others);
}

// Deeper than any schema of ours; hostile nesting is left as it is for the schema to refuse.
const DEEPEST = 12;

function storable(raw: unknown, depth = 0): unknown {
  if (typeof raw === 'string') return raw.toWellFormed().replaceAll('\u0000', '');
  if (raw === null || typeof raw !== 'object' || depth > DEEPEST) return raw;
  if (Array.isArray(raw)) return raw.map((item) => storable(item, depth + 1));
  const prototype = Object.getPrototypeOf(raw);
  if (prototype !== Object.prototype && prototype !== null) return raw;
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [storable(name) as string, storable(value, depth + 1)]),
  );
}

type Issue = z.core.$ZodIssue & { params?: { refusal?: string } };

function refusalOf(issue: Issue): Refusal {
  const where = { field: issue.path.join('.') || undefined };
  switch (issue.code) {
    case 'custom':
      return new Refusal(issue.params?.refusal ?? 'invalid_input', {}, where);
    case 'too_big':
      return new Refusal(issue.origin === 'string' ? 'too_long' : 'too_large', { limit: Number(issue.maximum) }, where);
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) <= 1) return new Refusal('required', {}, where);
      return new Refusal(
        issue.origin === 'string' ? 'too_short' : 'too_small',
        { limit: Number(issue.minimum) },
        where,
      );
    case 'invalid_value':
      return new Refusal('invalid_choice', {}, where);
    case 'invalid_type':
      return new Refusal(isNothing(issue.input) ? 'required' : 'invalid_input', {}, where);
    default:
      return new Refusal('invalid_input', {}, where);
  }
}

/** A number field left empty arrives as not a number. */
const isNothing = (input: unknown) => input === undefined || input === null || Number.isNaN(input);
