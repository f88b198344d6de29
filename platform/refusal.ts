/** Where a refusal points to: a field of a form, a place in a file (line and column, or byte), or a thing. */
export type Where = { field?: string; line?: number; column?: number; byte?: number; kind?: string; id?: string };

/**
 * A rule said no. Carries a stable code (a key under `refusals.` in the locales), the values its sentence needs,
 * and where it applies. Anything else thrown is a defect, never shown to a person as it is.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly vars: Record<string, string | number>;
  readonly where: Where | undefined;
  /** Further refusals of the same input, so that a form can mark every field at once. */
  readonly also: Refusal[];

  constructor(code: string, vars: Record<string, string | number> = {}, where?: Where, also: Refusal[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.vars = vars;
    this.where = where;
    this.also = also;
  }
}

/** Throws a Refusal; typed `never` so that it can end an expression: `row ?? refuse('not_found')`. */
export function refuse(code: string, vars: Record<string, string | number> = {}, where?: Where): never {
  throw new Refusal(code, vars, where);
}

/** Forbidden is not found: both are refused with this one code, so that nobody learns what exists. */
export function notFound(kind: string, id: string): never {
  throw new Refusal('not_found', {}, { kind, id });
}
