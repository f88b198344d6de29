export type { CheckRun } from './check.store.ts';
export { check_community } from './commands/check_community.ts';
export { last_check } from './queries/last_check.ts';
export { WITNESSES } from './witnesses.ts';
