import { z } from 'zod';
import { canonical } from '#modules/log/index.ts';
import { LARGEST_FEN } from '#platform/money.ts';

const words = (most: number) =>
  z.object({ 'zh-CN': z.string().trim().min(1).max(most), en: z.string().trim().min(1).max(most) });

export const round_names = words(80);

/** What a venture round decides beforehand. Frozen before voting; nothing of it changes after. */
export const venture_rules = z
  .object({
    who_may_propose: z.enum(['residents', 'organisations', 'both']),
    who_may_vote: z.literal('verified_residents').default('verified_residents'),
    budget_fen: z.number().int().positive().max(LARGEST_FEN),
    fund_account_id: z.uuid().nullable(),
    categories: z
      .array(z.object({ code: z.string().regex(/^[a-z0-9_]{1,60}$/), names: words(40) }))
      .min(1)
      .max(20),
    criteria: z.array(words(200)).min(1).max(12),
    ballot: z.object({ most_choices: z.number().int().min(1).max(100), within_budget: z.boolean() }),
    allocation: z.object({
      rule: z.enum(['equal-shares', 'greedy']),
      utility: z.enum(['cost', 'cardinality']),
      completion: z.enum(['none', 'greedy', 'add1', 'add1u']),
      increment_fen: z.number().int().positive().max(1_000_000).default(100),
    }),
    calendar: z.object({
      proposing_from: z.iso.datetime(),
      proposing_until: z.iso.datetime(),
      voting_from: z.iso.datetime(),
      voting_until: z.iso.datetime(),
    }),
  })
  .superRefine(({ calendar }, issues) => {
    const order = ['proposing_from', 'proposing_until', 'voting_from', 'voting_until'] as const;
    order.slice(1).forEach((name, i) => {
      if (Date.parse(calendar[name]) > Date.parse(calendar[order[i]!])) return;
      issues.addIssue({ code: 'custom', params: { refusal: 'calendar_backwards' }, path: ['calendar', name] });
    });
  });

export type VentureRules = z.infer<typeof venture_rules>;
export type Names = { 'zh-CN': string; en: string };

export type VentureRound = {
  id: string;
  number: number;
  names: Names;
  rules: VentureRules;
  frozen_at: Date | null;
  frozen_text: string | null;
  frozen_sha256: string | null;
  closed_at: Date | null;
  is_imported: boolean;
  version: number;
};

/** Where a round stands. `counting`: voting is over by the calendar and nobody has closed it yet. */
export const PHASES = ['planned', 'proposing', 'vetting', 'frozen', 'voting', 'counting', 'closed'] as const;
export type RoundPhase = (typeof PHASES)[number];

/** Voting never opens by the calendar alone: rules that are not frozen keep a round in vetting. */
export function phaseOf(round: Pick<VentureRound, 'rules' | 'frozen_at' | 'closed_at'>, now: Date): RoundPhase {
  if (round.closed_at) return 'closed';
  const { proposing_from, proposing_until, voting_from, voting_until } = round.rules.calendar;
  const isPast = (instant: string) => now.getTime() >= Date.parse(instant);
  if (!round.frozen_at) {
    if (!isPast(proposing_from)) return 'planned';
    return isPast(proposing_until) ? 'vetting' : 'proposing';
  }
  if (!isPast(voting_from)) return 'frozen';
  return isPast(voting_until) ? 'counting' : 'voting';
}

export type ProposeAs<Post> = { own: boolean; organisations: Post[] };

/** In whose names somebody may propose by the rules: their own, and each organisation that a post of theirs speaks for. */
export function namesToPropose<Post extends { organisation_id: string; speaks_for: boolean }>(
  { who_may_propose }: Pick<VentureRules, 'who_may_propose'>,
  held: readonly Post[],
): ProposeAs<Post> {
  const speaking = new Map(held.filter((post) => post.speaks_for).map((post) => [post.organisation_id, post]));
  return {
    own: who_may_propose !== 'organisations',
    organisations: who_may_propose === 'residents' ? [] : [...speaking.values()],
  };
}

export type OnBallot = { number: number; pabulib_id: string; cost_fen: number };

/** The text that is hashed before voting: the rules, and what stands on the ballot at which cost. */
export function frozenText(
  round: Pick<VentureRound, 'number' | 'names' | 'rules'>,
  projects: readonly OnBallot[],
): string {
  const listed = [...projects].sort((a, b) => a.number - b.number);
  return canonical({ number: round.number, names: round.names, rules: round.rules, projects: listed });
}
