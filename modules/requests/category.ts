import { refuse } from '#platform/refusal.ts';

/** A further question of a category's own form. */
export type FormField = {
  code: string;
  kind: 'text' | 'choice' | 'number' | 'date';
  labels: Record<string, string>;
  required: boolean;
  choices?: { code: string; labels: Record<string, string> }[];
};

export type Category = {
  id: string;
  code: string;
  names: Record<string, string>;
  descriptions: Record<string, string>;
  form: FormField[];
  response_hours: number;
  target_days: number;
  is_private: boolean;
  needs_place: boolean;
  position: number;
  version: number;
};

const ANSWER_LIMIT = 500;

/** Checks the answers to a category's form; unknown fields are refused, so that nothing typed is dropped in silence. */
export function checkDetails(form: readonly FormField[], details: Record<string, string>): Record<string, string> {
  const known = new Set(form.map((field) => field.code));
  for (const code of Object.keys(details))
    if (!known.has(code)) refuse('field_unknown', { field: code }, { field: `details.${code}` });
  const answers: Record<string, string> = {};
  for (const field of form) {
    const where = { field: `details.${field.code}` };
    const answer = (details[field.code] ?? '').trim();
    if (answer === '') {
      if (field.required) refuse('required', {}, where);
      continue;
    }
    if (answer.length > ANSWER_LIMIT) refuse('too_long', { limit: ANSWER_LIMIT }, where);
    if (field.kind === 'choice' && !field.choices?.some((choice) => choice.code === answer))
      refuse('invalid_choice', {}, where);
    if (field.kind === 'number' && !/^-?\d{1,9}(\.\d{1,3})?$/.test(answer)) refuse('invalid_input', {}, where);
    if (field.kind === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(answer)) refuse('invalid_input', {}, where);
    answers[field.code] = answer;
  }
  return answers;
}
