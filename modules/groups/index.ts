export { admit_member, end_membership } from './commands/admit_member.ts';
export { end_organisation } from './commands/end_organisation.ts';
export { import_organisations } from './commands/import_organisations.ts';
export { end_term, start_term } from './commands/start_term.ts';
export { write_organisation } from './commands/write_organisation.ts';
export { end_post, write_post } from './commands/write_post.ts';
export { type GroupAction, groupPolicy, groupRelations } from './group.policy.ts';
export { type Handler, handlersOf, type ListedOrganisation, organisationById } from './organisation.store.ts';
export {
  ORGANISATION_KINDS,
  type Organisation,
  type OrganisationKind,
  PHASES,
  type Phase,
  takesOrganisations,
} from './organisation.ts';
export {
  type HeldPost,
  holdersOfPosts,
  isVacant,
  type PostWithTerms,
  postsHeldBy,
  postsOf,
  termsHeldIn,
} from './post.store.ts';
export { endOfTerm, type Post, stateOfTerm, type Term } from './post.ts';
export { list_members } from './queries/list_members.ts';
export { list_organisations } from './queries/list_organisations.ts';
export { list_vacancies } from './queries/list_vacancies.ts';
export { my_posts } from './queries/my_posts.ts';
export { show_organisation } from './queries/show_organisation.ts';
export { demandForOrganisation, maySpeak, ownPosts } from './speak_for.ts';
