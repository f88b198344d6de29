import type { Policy } from '#platform/policy.ts';

export type LetterAction =
  | 'see_campaigns'
  | 'write_campaign'
  | 'print'
  | 'deliver'
  | 'record_reply'
  | 'answer_reply'
  | 'claim'
  | 'issue_codes';

/** Who may do what with home letters. Printed letters hold live codes: only who writes a campaign prints it. */
export const letterPolicy: Policy<LetterAction> = {
  see_campaigns: ['grid_worker', 'desk_officer', 'secretary', 'administrator'],
  write_campaign: ['desk_officer', 'administrator', 'secretary'],
  print: ['desk_officer', 'administrator'],
  deliver: ['grid_worker', 'desk_officer', 'system'],
  record_reply: ['grid_worker', 'desk_officer', 'system'],
  answer_reply: ['grid_worker', 'desk_officer', 'secretary'],
  claim: ['signed_in'],
  issue_codes: ['system'],
};
