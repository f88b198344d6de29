import { type ReadFact, type Said, sealOfWords } from '#modules/log/index.ts';
import { stepOfFact } from './project_history.ts';
import type { Proposal, ProposalState, ProposalStep } from './proposal.ts';

/** What was proposed and by whom, in the log. */
export const sealOfProposal = (one: Pick<Proposal, 'id' | 'proposer_id' | 'title' | 'summary' | 'body'>): string =>
  sealOfWords(one.id, one.proposer_id, one.title, one.summary, one.body);

export type ProposalHistory = Record<'proposals' | 'proposal_steps' | 'proposal_sponsors', Said> & {
  /** Proposals whose steps facts did not name when they were written, and rounds that were brought in from a file. */
  untold: Record<'proposals' | 'proposal_steps', Set<string>>;
};

const STEPS: Record<string, [step: ProposalStep, state?: ProposalState]> = {
  'proposal.submitted': ['submit', 'submitted'],
  'proposal.admitted': ['admit', 'admitted'],
  'proposal.refused': ['refuse', 'refused'],
  'proposal.withdrawn': ['withdraw', 'withdrawn'],
  'proposal.merged': ['merge', 'merged'],
  'proposal.replied': ['reply'],
};

/** What the rows of proposals must say, made anew from their facts in their order. Pure; linear in the facts. */
export function proposalsFrom(facts: readonly ReadFact[]): ProposalHistory {
  const tables = { proposals: new Map(), proposal_steps: new Map(), proposal_sponsors: new Map() };
  const untold = { proposals: new Set<string>(), proposal_steps: new Set<string>() };
  const history: ProposalHistory = { ...tables, untold };
  for (const fact of facts) {
    const { kind, subject_id, actor_id, on_behalf_of_id } = fact;
    if (kind === 'venture_ballots.imported') untold.proposals.add(subject_id);
    if (kind === 'proposal.submitted') submitted(history, fact);
    if (kind === 'proposal.sponsored' || kind === 'proposal.submitted')
      tables.proposal_sponsors.set(`${subject_id}/${on_behalf_of_id ?? actor_id}`, {});
    if (kind === 'proposal.sponsor_left') tables.proposal_sponsors.delete(`${subject_id}/${actor_id}`);
    if (STEPS[kind]) stepped(history, fact, ...STEPS[kind]);
  }
  return history;
}

function submitted({ proposals }: ProposalHistory, { subject_id, at, data }: ReadFact): void {
  const { round_id, number, organisation_id, category, asked_fen, seal } = data;
  proposals.set(subject_id, {
    ...{ round_id, number, pabulib_id: `${number}`, organisation_id, category, asked_fen, seal },
    ...{ reviewed_fen: null, merged_into_id: null, created_at: at, version: 0 },
  });
}

function stepped(history: ProposalHistory, fact: ReadFact, step: ProposalStep, state?: ProposalState): void {
  const { subject_id, data } = fact;
  const row = history.proposals.get(subject_id);
  if (row) {
    Object.assign(row, state && { state }, { version: (row.version as number) + 1 });
    if (step === 'admit') row.reviewed_fen = data.reviewed_fen;
    if (step === 'merge') row.merged_into_id = data.into_id;
  }
  if (!data.step_id) history.untold.proposal_steps.add(subject_id);
  else history.proposal_steps.set(data.step_id as string, { proposal_id: subject_id, ...stepOfFact(fact, step) });
}
