import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { chanceOf } from './chance.ts';
import type { Residents } from './residents.ts';
import type { Submitted, Venture } from './venture.ts';
import { choose } from './venture_ideas.ts';

/** How many vote and how; of the papers that are given out, so many do not come back. */
export type Ballots = { online: number; assisted: number; papers: number; lost: number };
export type Voters = { adults: string[]; elders: string[] };

const MOST_CHOICES = 5;
const AT_ONCE = 6;
const ADULT_YEARS = 18;

/** Verified adults in an order of this seed; whoever tries the demonstration has not voted yet. */
export async function readVoters(
  environment: Environment,
  community: Community,
  residents: Residents,
  seed: number,
): Promise<Voters> {
  const rows = await environment.database
    .of(community.id)
    .selectFrom('household_members as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.community_id', '=', 'm.community_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['p.id', 'p.born_in_year', 'p.login_id'])
    .where('m.community_id', '=', community.id)
    .where('m.verified_at', 'is not', null)
    .where('m.ended_at', 'is', null)
    .where('p.born_in_year', '<=', environment.clock().getUTCFullYear() - ADULT_YEARS - 2)
    .orderBy('p.id')
    .execute();
  const staff = new Set(residents.staff.map((one) => one.id));
  const found = rows.filter((row) => row.login_id === null && !staff.has(row.id));
  const chance = chanceOf('voters', seed);
  for (let i = found.length - 1; i > 0; i--) {
    const k = chance.below(i + 1);
    [found[i], found[k]] = [found[k]!, found[i]!];
  }
  const isElder = (row: (typeof found)[number]) => row.born_in_year! <= 1955;
  return {
    adults: found.filter((row) => !isElder(row)).map((row) => row.id),
    elders: found.filter(isElder).map((row) => row.id),
  };
}

type Between = { from: number; until: number };

/** The ballots of a round: on phones, helped by the desk, and on paper that two people type in. */
export async function castBallots(
  venture: Venture,
  { id: round_id, number }: { id: string; number: number },
  admitted: readonly Submitted[],
  { online, assisted, papers, lost }: Ballots,
  { from, until }: Between,
): Promise<void> {
  const { act, chance, code, desk, voters } = venture;
  const span = Math.min(until, venture.today) - from;
  const ballot = (word: string) => ({
    round_id,
    receipt_code: code(`${number}/${word}`),
    proposals: choose(admitted, MOST_CHOICES, chance).map((i) => admitted[i]!.number),
  });
  const at = (i: number, of: number) => from + (span * (i + 0.5)) / of;
  const jobs: (() => Promise<unknown>)[] = [];
  for (const [i, id] of voters.adults.slice(0, online).entries()) {
    const [input, actor] = [ballot(`online/${i}`), { kind: 'person', id, roles: [] } satisfies Actor];
    jobs.push(() => act(actor, at(i, online), projects.cast_ballot, input));
  }
  const helped = voters.elders.slice(0, assisted);
  for (const [i, id] of helped.entries()) {
    const [input, actor] = [ballot(`assisted/${i}`), { ...desk[i % 2]!, on_behalf_of_id: id }];
    jobs.push(() => act(actor, at(i, assisted), projects.cast_ballot, input));
  }
  for (const [i, person_id] of voters.elders.slice(assisted, assisted + papers).entries())
    jobs.push(() => act(desk[0], at(i, papers), projects.give_paper_ballot, { round_id, person_id }));
  for (let i = 0; i < jobs.length; i += AT_ONCE) await Promise.all(jobs.slice(i, i + AT_ONCE).map((job) => job()));
  // While a round is open its last paper was read by one person so far.
  const isOpen = until > venture.today;
  for (let i = 0; i < papers - lost; i++) {
    const input = ballot(`paper/${i}`);
    const typed = Math.max(at(i, papers), until - 3_600_000);
    await act(desk[0], typed, projects.type_paper_ballot, input);
    if (!isOpen || i < papers - lost - 1) await act(desk[1], typed, projects.type_paper_ballot, input);
  }
}
