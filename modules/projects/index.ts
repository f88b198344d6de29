export { hashOfCode, normaliseCode, RECEIPT_CODE, RECEIPT_CODE_LENGTH, spacedCode } from './ballot.ts';
export {
  begin_projects,
  draft_agreement,
  MOST_MILESTONES,
  MOST_QUESTIONS,
  sign_agreement,
} from './commands/agree_project.ts';
export { answer_outcome, name_beneficiary } from './commands/answer_outcome.ts';
export { cast_ballot, change_ballot } from './commands/cast_ballot.ts';
export { ask_change, close_risk, decide_change, open_risk } from './commands/change_milestone.ts';
export { decide_report, report_project, stop_project } from './commands/close_project.ts';
export { close_venture_round } from './commands/close_venture_round.ts';
export { ask_tranche, decide_milestone, escalate_milestone, submit_evidence } from './commands/deliver_milestone.ts';
export { fund_project, return_rest } from './commands/fund_project.ts';
export { import_ballots } from './commands/import_ballots.ts';
export { sponsor_proposal } from './commands/sponsor_proposal.ts';
export { submit_proposal } from './commands/submit_proposal.ts';
export { give_paper_ballot, type_paper_ballot } from './commands/type_paper_ballot.ts';
export { merge_proposal, reply_to_vetting, vet_proposal, withdraw_proposal } from './commands/vet_proposal.ts';
export { freeze_venture_rules, write_venture_round } from './commands/write_venture_round.ts';
export { countFile, fileOfRound, type ProjectOutcome, type RoundOutcome } from './count_round.ts';
export { deliveryPolicy } from './delivery.policy.ts';
export { watchMilestones } from './late_milestones.ts';
export { MILESTONE_STATES, type TrancheState } from './milestone.ts';
export { projectPolicy, projectRelations } from './project.policy.ts';
export { PROJECT_STATES, type ProjectState } from './project.ts';
export { costOf, PROPOSAL_STATES, type ProposalState } from './proposal.ts';
export { list_proposals, list_proposals_from } from './queries/list_proposals.ts';
export { list_venture_rounds } from './queries/list_venture_rounds.ts';
export { find_project_of, list_projects, may_see_evidence, show_project } from './queries/show_project.ts';
export { show_proposal } from './queries/show_proposal.ts';
export { export_ballots, find_ballot, show_result } from './queries/show_result.ts';
export { show_venture_round } from './queries/show_venture_round.ts';
export { wrongRolls } from './roll_check.store.ts';
export { canonicalJson, PHASES, phaseOf, type RoundPhase, type VentureRules } from './venture_round.ts';
