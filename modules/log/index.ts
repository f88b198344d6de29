export { append_leaves } from './commands/append_leaves.ts';
export { publish_head } from './commands/publish_head.ts';
export { canonical, entryOf, LOGGED } from './entry.ts';
export { exportLog } from './export_log.ts';
export { prove_consistency, prove_entry } from './queries/prove_entry.ts';
export { show_log } from './queries/show_log.ts';
export { appendAll, keyOf, originOf, signOpenHead } from './sequencer.ts';
export { type LogVerdict, verifyLog } from './verify_log.ts';
export type { LogFinding, Witness } from './witness.ts';
