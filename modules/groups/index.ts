export { end_organisation } from './commands/end_organisation.ts';
export { write_organisation } from './commands/write_organisation.ts';
export { groupPolicy } from './group.policy.ts';
export { type Handler, handlersOf, type ListedOrganisation, organisationById } from './organisation.store.ts';
export { ORGANISATION_KINDS, type Organisation, type OrganisationKind, PHASES, type Phase } from './organisation.ts';
export { list_organisations } from './queries/list_organisations.ts';
export { show_organisation } from './queries/show_organisation.ts';
