import { createHash } from 'node:crypto';
import * as projects from '#modules/projects/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { RECEIPT_CODE_LENGTH } from '#platform/receipt_code.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Purse } from './funds.ts';
import type { Scale } from './geography.ts';
import type { Groups } from './groups.ts';
import type { Residents } from './residents.ts';
import { type Ballots, castBallots, readVoters, type Voters } from './venture_ballots.ts';
import { deliverProjects } from './venture_delivery.ts';
import { earlierVotes } from './venture_earlier.ts';
import { ideasFor, type PricedIdea } from './venture_ideas.ts';
import { ADMITTED, CRITERIA, MERGED, REFUSALS, VENTURE_CATEGORIES, WITHDRAWN } from './venture_texts.ts';
import { deliverEarlier } from './venture_years.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

type Plan = { proposals: number; budget_yuan: number; ballots: Ballots };
/** The full one has five votes of earlier years besides, so that six years' budgets come to 4,600,000 yuan. */
const PLANS: Record<Scale, { earlier: number; finished: Plan; open: Plan }> = {
  small: {
    earlier: 0,
    finished: { proposals: 14, budget_yuan: 96_000, ballots: { online: 150, assisted: 9, papers: 12, lost: 1 } },
    open: { proposals: 11, budget_yuan: 80_000, ballots: { online: 52, assisted: 4, papers: 3, lost: 0 } },
  },
  full: {
    earlier: 5,
    finished: { proposals: 82, budget_yuan: 850_000, ballots: { online: 1_500, assisted: 90, papers: 60, lost: 4 } },
    open: { proposals: 60, budget_yuan: 850_000, ballots: { online: 500, assisted: 40, papers: 12, lost: 0 } },
  },
};

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七'];
const ORDINALS_EN = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh'];
export const roundNames = (number: number) => ({
  'zh-CN': `第${ORDINALS[number - 1]}轮邻里项目`,
  en: `${ORDINALS_EN[number - 1]} round of neighbourhood projects`,
});

export type Venture = {
  environment: Environment;
  community: Community;
  residents: Residents;
  groups: Groups;
  chance: Chance;
  voters: Voters;
  secretary: Actor;
  desk: readonly [Actor, Actor];
  council: Actor[];
  /** Midnight of today in the neighbourhood. */
  today: number;
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
  code(word: string): string;
};

/** When each part of a round is, in days from today. */
type Days = { proposing: number; vetting: number; frozen: number; voting: number; end: number };

/**
 * A round that is over, with what became of its projects, and one in which neighbours vote now; at full scale the votes of
 * five years before and their projects.
 */
export async function writeVenture(
  environment: Environment,
  community: Community,
  { residents, groups, purse }: { residents: Residents; groups: Groups; purse: Purse },
  scale: Scale,
  seed: number,
  now: Date,
): Promise<number> {
  const venture = await beginVenture(environment, community, residents, groups, seed, now);
  const { earlier, finished, open } = PLANS[scale];
  const years = now.getUTCFullYear() - 1;
  for (let i = 0; i < earlier; i++) {
    const file = earlierVotes(roundNames(i + 1), years - earlier + i, venture.chance);
    await venture.act(system, venture.today - 395 * DAY + i * HOUR, projects.import_ballots, file);
  }
  const past = { proposing: -150, vetting: -128, frozen: -116, voting: -112, end: -98 };
  const round = await holdRound(venture, earlier + 1, past, finished);
  await venture.act(venture.secretary, venture.today + (past.end + 1) * DAY + 9 * HOUR, projects.close_venture_round, {
    id: round.id,
  });
  await deliverEarlier(
    venture,
    Array.from({ length: earlier }, (_, i) => i + 1),
  );
  await deliverProjects(venture, purse, round.id);
  const coming = { proposing: -34, vetting: -16, frozen: -7, voting: -5, end: 9 };
  await holdRound(venture, earlier + 2, coming, open);
  return venture.commands();
}

async function beginVenture(
  environment: Environment,
  community: Community,
  residents: Residents,
  groups: Groups,
  seed: number,
  now: Date,
): Promise<Venture & { commands(): number }> {
  let commands = 0;
  const staff = (role: Actor['roles'][number]['role'], i = 0): Actor => ({
    ...{ kind: 'person', id: residents.staff.filter((one) => one.role === role)[i]!.id },
    roles: [{ role, scope_kind: 'community', scope_id: null }],
  });
  return {
    ...{ environment, community, residents, groups },
    chance: chanceOf('venture', seed),
    voters: await readVoters(environment, community, residents, seed),
    secretary: staff('secretary'),
    desk: [staff('desk_officer'), staff('desk_officer', 1)],
    council: groups.council.map(({ person_id }): Actor => ({ kind: 'person', id: person_id, roles: [] })),
    today: Math.floor((now.getTime() + 8 * HOUR) / DAY) * DAY - 8 * HOUR,
    act(actor, at, command, input) {
      const id = idFrom(community.id, 'venture', String(seed), String(commands++));
      const caller = { actor, community, id, via: 'command_line', now: new Date(Math.min(at, now.getTime())) };
      return perform(environment, caller, command, input);
    },
    code: (word) => codeFrom(`${community.id}/${seed}/${word}`),
    commands: () => commands,
  };
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A receipt code that is the same in every demonstration of this seed. */
export function codeFrom(words: string): string {
  const bytes = createHash('sha256').update(words).digest();
  return Array.from({ length: RECEIPT_CODE_LENGTH }, (_, i) => LETTERS[bytes[i]! % LETTERS.length]).join('');
}

/** A round from its plan to its last ballot. */
async function holdRound(venture: Venture, number: number, days: Days, plan: Plan) {
  const at = (day: number, hour = 0) => venture.today + day * DAY + hour * HOUR;
  const instant = (day: number) => new Date(at(day)).toISOString();
  const round = await venture.act(venture.secretary, at(days.proposing - 10, 10), projects.write_venture_round, {
    names: roundNames(number),
    rules: {
      ...{ who_may_propose: 'both', budget_fen: plan.budget_yuan * 100, fund_account_id: null },
      ...{ categories: VENTURE_CATEGORIES, criteria: CRITERIA },
      ballot: { most_choices: 5, within_budget: false },
      allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 },
      calendar: {
        ...{ proposing_from: instant(days.proposing), proposing_until: instant(days.vetting) },
        ...{ voting_from: instant(days.voting), voting_until: instant(days.end) },
      },
    },
  });
  const ideas = ideasFor(plan.proposals, number, venture.chance);
  const proposals = await proposeAll(venture, round.id, ideas, at(days.proposing, 9), at(days.vetting));
  const admitted = await vetAll(venture, proposals, at(days.vetting, 14), number);
  await venture.act(venture.secretary, at(days.frozen, 11), projects.freeze_venture_rules, { id: round.id });
  await castBallots(venture, round, admitted, plan.ballots, { from: at(days.voting), until: at(days.end) });
  return round;
}

export type Submitted = PricedIdea & { id: string; number: number; proposer: Actor };

async function proposeAll(venture: Venture, round_id: string, ideas: PricedIdea[], from: number, until: number) {
  const { chance, residents, groups, act } = venture;
  const needs = await needsBefore(venture, from);
  const leads = [...groups.leads];
  const proposals: Submitted[] = [];
  for (const [i, one] of ideas.entries()) {
    const lead = i % 3 === 1 ? leads[(i * 7 + proposals.length) % leads.length] : undefined;
    const proposer: Actor = { kind: 'person', id: lead?.[1] ?? residents.ids[chance.below(400)]!, roles: [] };
    const at = from + ((until - from - 2 * HOUR) * i) / ideas.length;
    const known = needs.get(one.needs) ?? [];
    const request_ids = known.slice((i * 3) % Math.max(1, known.length - 2)).slice(0, 1 + (i % 3));
    const { title, summary, body, category } = one;
    const words = { title, summary, body, category, asked_fen: one.yuan * 100 };
    const input = { round_id, organisation_id: lead?.[0] ?? null, ...words, request_ids };
    const answer = await act(proposer, at, projects.submit_proposal, input);
    proposals.push({ ...one, id: answer.id, number: answer.number, proposer });
    for (let k = 0; k < one.liked / 3; k++) {
      const sponsor: Actor = { kind: 'person', id: residents.ids[400 + chance.below(400)]!, roles: [] };
      await act(sponsor, at + (k + 1) * HOUR, projects.sponsor_proposal, { id: answer.id, stands: true });
    }
  }
  return proposals;
}

/** Needs that were told before, by category, the oldest first. */
async function needsBefore({ environment, community }: Venture, before: number): Promise<Map<string, string[]>> {
  const rows = await environment.database
    .of(community.id)
    .selectFrom('requests as r')
    .innerJoin('categories as c', (join) =>
      join.onRef('c.community_id', '=', 'r.community_id').onRef('c.id', '=', 'r.category_id'),
    )
    .select(['r.id', 'c.code'])
    .where('r.community_id', '=', community.id)
    .where('r.submitted_at', '<', new Date(before))
    .orderBy('r.submitted_at')
    .orderBy('r.number')
    .execute();
  const needs = new Map<string, string[]>();
  for (const { id, code } of rows) needs.set(code, [...(needs.get(code) ?? []), id]);
  return needs;
}

/** The council's verdicts with every kind of outcome: admitted, refused with a reply, admitted after it, joined, withdrawn. */
async function vetAll({ act, council, chance }: Venture, proposals: Submitted[], from: number, number: number) {
  const admitted: Submitted[] = [];
  const all = (met: boolean) => CRITERIA.map((_, i) => met || i !== CRITERIA.length - 1);
  for (const [i, one] of proposals.entries()) {
    const at = from + i * HOUR * 0.4;
    const member = council[i % council.length]!;
    const judge = (verdict: 'admit' | 'refuse', reason: string, later = 0) =>
      act(member, at + later, projects.vet_proposal, {
        ...{ id: one.id, verdict, reason, criteria: all(verdict === 'admit') },
        reviewed_fen: verdict === 'admit' && i % 4 === 2 ? Math.round(one.yuan * 0.9) * 100 : undefined,
      });
    const turn = (i + number) % 7;
    const refused = turn === 3 ? REFUSALS[i % 2 === 0 ? 0 : 1] : undefined;
    const target = admitted.at(-1);
    if (refused) {
      const [reason, reply, again] = refused;
      await judge('refuse', reason);
      await act(one.proposer, at + DAY, projects.reply_to_vetting, { id: one.id, text: reply });
      if (!again) continue;
      await judge('admit', again, 2 * DAY);
    } else if (i === proposals.length - 1 && target) {
      await act(member, at, projects.merge_proposal, { id: one.id, into_id: target.id, reason: MERGED });
      continue;
    } else if (i === proposals.length - 3) {
      await act(one.proposer, at, projects.withdraw_proposal, { id: one.id, reason: WITHDRAWN });
      continue;
    } else await judge('admit', chance.pick(ADMITTED));
    admitted.push(one);
  }
  return admitted;
}
