export { import_pack, PACK_FORMAT } from './import_pack.ts';
export { KINDS } from './kinds/index.ts';
export { export_pack, list_kinds, list_removed_terms, list_terms, show_term_history } from './list_terms.ts';
export type { Names, Term, TermData, TermField, TermKind } from './term.ts';
export { forgetTerms, termsOf } from './vocabulary.ts';
export { reset_term, write_term } from './write_term.ts';
