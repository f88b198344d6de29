export const PROPOSAL_STATES = ['submitted', 'admitted', 'refused', 'withdrawn', 'merged'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];
export type ProposalStep = 'submit' | 'change' | 'admit' | 'refuse' | 'reply' | 'review_cost' | 'merge' | 'withdraw';

export type Proposal = {
  id: string;
  round_id: string;
  number: number;
  pabulib_id: string;
  proposer_id: string | null;
  organisation_id: string | null;
  title: string;
  summary: string;
  body: string;
  category: string;
  asked_fen: number;
  reviewed_fen: number | null;
  state: ProposalState;
  merged_into_id: string | null;
  created_at: Date;
  version: number;
};

/** What may be done with a proposal in each state. A refused one can be answered, and admitted after all. */
const MAY: Record<ProposalState, readonly ProposalStep[]> = {
  submitted: ['change', 'admit', 'refuse', 'review_cost', 'merge', 'withdraw', 'reply'],
  refused: ['reply', 'admit', 'withdraw'],
  admitted: ['reply', 'refuse', 'review_cost', 'merge', 'withdraw'],
  withdrawn: [],
  merged: [],
};

export const mayStep = (state: ProposalState, step: ProposalStep) => MAY[state].includes(step);
export const costOf = (one: Pick<Proposal, 'asked_fen' | 'reviewed_fen'>) => one.reviewed_fen ?? one.asked_fen;
