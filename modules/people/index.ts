export { careAtDoors, leaveCareTraces } from './care.ts';
export {
  CARE_KINDS,
  type CareCircumstance,
  CHOSEN_END_REASONS,
  LEGAL_GROUNDS,
  SEEN_BY,
} from './care_circumstance.ts';
export { add_contact, end_contact } from './commands/add_contact.ts';
export { answer_claim, settle_dispute } from './commands/answer_claim.ts';
export { ask_for_correction, decide_correction } from './commands/ask_for_correction.ts';
export { ask_for_export } from './commands/ask_for_export.ts';
export { agree_to_proxy, ask_for_proxy, end_proxy } from './commands/ask_for_proxy.ts';
export { delete_due, erase_me } from './commands/erase_person.ts';
export { give_consent, publish_consent_text, record_consent, withdraw_consent } from './commands/give_consent.ts';
export { end_role, grant_role } from './commands/grant_role.ts';
export { import_residents } from './commands/import_residents.ts';
export { join_household, leave_household, revoke_residence, verify_residence } from './commands/join_household.ts';
export { end_care, name_care_kind, record_care, renew_care } from './commands/record_care.ts';
export { reseal_people } from './commands/reseal_people.ts';
export { set_preferences } from './commands/set_preferences.ts';
export { welcome_person } from './commands/welcome_person.ts';
export { write_person } from './commands/write_person.ts';
export { agreedTo } from './consent.store.ts';
export { CARE_PURPOSES, PURPOSES } from './consent.ts';
export { leaveTraces, leaveTracesOfList } from './file_read.store.ts';
export { membersOf } from './household.store.ts';
export { HOUSEHOLD_RELATIONS } from './household.ts';
export { personPolicy, personRelations } from './people.policy.ts';
export { publicNames } from './person.store.ts';
export { maskContact, maskName, sealedPlace } from './person.ts';
export { act_for } from './queries/act_for.ts';
export { find_people } from './queries/find_people.ts';
export { list_corrections } from './queries/list_corrections.ts';
export { list_disputes, waiting_claims } from './queries/list_disputes.ts';
export { list_roles } from './queries/list_roles.ts';
export { list_staff } from './queries/list_staff.ts';
export { my_consents } from './queries/my_consents.ts';
export { type MyFile, my_file } from './queries/my_file.ts';
export { my_households } from './queries/my_households.ts';
export { person_of_phone } from './queries/person_of_phone.ts';
export { list_care_kinds, list_due_care, show_care } from './queries/show_care.ts';
export { show_household } from './queries/show_household.ts';
export { unmask } from './queries/unmask.ts';
export { my_exports, what_is_kept } from './queries/what_is_kept.ts';
export { type ClaimOutcome, claimResidence, isVerifiedResident, verifiedResidentsOn, whoLivesAt } from './residence.ts';
export type { RosterRow } from './roster.ts';
