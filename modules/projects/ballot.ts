import { type BallotBox, ballotBox } from '#platform/ballot_box.ts';
import { type FieldKeys, fingerprint } from '#platform/crypto.ts';
import { hashOfReceiptCode } from '#platform/receipt_code.ts';
import { refuse } from '#platform/refusal.ts';
import type { OnBallot, VentureRules } from './venture_round.ts';

/** What a ballot is kept and published by. */
export const hashOfCode = (roundId: string, code: string): string => hashOfReceiptCode('ballot', roundId, code);

/** The choices as they count: each once, ascending, all of them on the ballot, within what the rules allow. */
export function checkChoices(rules: VentureRules, onBallot: readonly OnBallot[], chosen: readonly number[]): number[] {
  const numbers = [...new Set(chosen)].sort((a, b) => a - b);
  const where = { field: 'proposals' };
  if (numbers.length === 0) refuse('ballot_empty', {}, where);
  const costs = new Map(onBallot.map((one) => [one.number, one.cost_fen]));
  if (numbers.some((number) => !costs.has(number))) refuse('not_on_ballot', {}, where);
  const { most_choices, within_budget } = rules.ballot;
  if (numbers.length > most_choices) refuse('too_many_choices', { limit: most_choices }, where);
  const sum = numbers.reduce((total, number) => total + costs.get(number)!, 0);
  if (within_budget && sum > rules.budget_fen) refuse('choices_over_budget', {}, where);
  return numbers;
}

type BoxOf = { id: string; box_salt: string | null };

/** Who took a paper ballot, in the log, which is published beside the ids of many: nobody tries them out without the key of this place. */
export const sealOfVoter = (keys: FieldKeys, round_id: string, person_id: string): string =>
  fingerprint(keys, 'paper_voter', `${round_id}/${person_id}`).toString('hex');

/** The seals of a round's box; undefined of a round that is not voted on, or was frozen before boxes were sealed. */
export const boxOf = (keys: FieldKeys, { id, box_salt }: BoxOf): BallotBox | undefined =>
  box_salt === null ? undefined : ballotBox(keys, 'venture round', id, box_salt);

export type KeptBallot = { code_hash: string; proposals: number[] };

export type PublishedBallot = {
  code_hash: string;
  /** The projects on it as the published file writes them. */
  ballot: string;
  outcome: { payments: [project: string, yuan: string][]; left: string; funded: number };
};
