import { Refusal } from '#platform/refusal.ts';
import { ORGANISATION_KINDS, type OrganisationKind, PHASES, type Phase } from './organisation.ts';

/** A row of a roster of organisations as it was typed. */
export type OrganisationRow = {
  line: number;
  kind: string;
  name_zh: string;
  name_en: string;
  phase: string;
  parent: string;
  member_of: string;
  contact: string;
  registered_number: string;
};

export type ReadOrganisation = {
  line: number;
  kind: OrganisationKind;
  names: { 'zh-CN': string; en: string };
  phase: Phase;
  /** The Chinese names of what it is part of and what it belongs to, found among known ones and the roster's own. */
  parent: string | null;
  member_of: string | null;
  contact: string | null;
  registered_number: string | null;
};

const NAME_LIMIT = 80;
const REFUSALS_SHOWN = 1_000;

/**
 * Checks every row; all that is wrong is refused at once, each with its line and column. A kind or phase may be written as
 * its code or in the words of either language, which `words` maps to codes.
 */
export function readOrganisations(
  rows: readonly OrganisationRow[],
  words: ReadonlyMap<string, string> = new Map(),
): ReadOrganisation[] {
  const refusals: Refusal[] = [];
  const seen = new Map<string, number>();
  const read = rows.map((row) => {
    const no = (code: string, field: string, vars = {}) =>
      refusals.push(new Refusal(code, vars, { line: row.line, field }));
    const codeOf = (text: string) => words.get(text.trim().toLowerCase()) ?? text.trim();
    const kind = codeOf(row.kind) as OrganisationKind;
    const phase = (row.phase ? codeOf(row.phase) : 'active') as Phase;
    if (!ORGANISATION_KINDS.includes(kind)) no('kind_unknown', 'kind', { text: row.kind });
    if (!PHASES.includes(phase) || phase === 'closed') no('phase_unknown', 'phase', { text: row.phase });
    const zh = row.name_zh || row.name_en;
    if (zh === '') no('required', 'name_zh');
    for (const column of ['name_zh', 'name_en'] as const)
      if (row[column].length > NAME_LIMIT) no('too_long', column, { limit: NAME_LIMIT });
    const first = seen.get(`${kind}/${zh}`);
    if (first !== undefined) no('organisation_twice', 'name_zh', { line: first });
    else seen.set(`${kind}/${zh}`, row.line);
    return {
      line: row.line,
      kind,
      names: { 'zh-CN': zh, en: row.name_en || zh },
      phase,
      parent: row.parent || null,
      member_of: row.member_of || null,
      contact: row.contact || null,
      registered_number: row.registered_number.toUpperCase() || null,
    };
  });
  const [first, ...others] = refusals;
  if (first) throw new Refusal(first.code, first.vars, first.where, others.slice(0, REFUSALS_SHOWN));
  return read;
}
