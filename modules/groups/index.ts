export { end_organisation, write_organisation } from './commands/write_organisation.ts';
export type { Organisation } from './organisation.store.ts';
export { list_organisations } from './queries/list_organisations.ts';
