import type { TermKind } from '../term.ts';
import { bank_formats } from './bank_formats.ts';
import { care_kinds } from './care_kinds.ts';
import { criteria, three_at } from './criteria.ts';
import { occasions } from './occasions.ts';
import { organisation_kinds, roles } from './posts.ts';
import { programmes } from './programmes.ts';
import { spending_categories } from './spending_categories.ts';

/** The default pack: zh-CN of this place, en of a neutral neighbourhood. A module's own kind gets a file here and a line. */
export const KINDS: readonly TermKind[] = [
  programmes,
  occasions,
  criteria,
  three_at,
  care_kinds,
  roles,
  organisation_kinds,
  spending_categories,
  bank_formats,
];
