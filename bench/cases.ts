import {
  find_similar,
  list_requests,
  map_requests,
  show_measures,
  show_request,
  submit_request,
} from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask, type Query } from '#platform/query.ts';

export type Case = {
  name: string;
  goal: string;
  concurrency: number;
  rate?: number;
  run: (i: number) => Promise<unknown>;
};

/** Things of the neighbourhood to ask about. */
export type Sample = {
  numbers: number[];
  reporters: string[];
  points: { latitude: number; longitude: number }[];
  doors: string[];
  grids: string[];
  categories: string[];
};

const WORDS = ['楼道灯', '垃圾桶', '电梯', '装修', '停车', '漏水'];
const YEAR_MS = 365 * 86_400_000;

/** What people do most, each with what it has to reach. */
export function casesOf(environment: Environment, community: Community, found: Sample): Case[] {
  const of = <T>(all: readonly T[], i: number) => all[i % all.length]!;
  const resident = (i = 0): Actor => ({ kind: 'person', id: of(found.reporters, i), roles: [] });
  const secretary: Actor = { ...resident(1), roles: [{ role: 'secretary', scope_kind: 'community', scope_id: null }] };
  const see = <I, A>(query: Query<I, A>, input: unknown, actor = resident()) =>
    ask(environment, { actor, community, via: 'bench' }, query, input);
  const tell = (i: number) => ({
    category: { code: 'repairs' },
    text: `楼道灯坏了 ${i}`,
    wants_public: true,
    place: { household_id: of(found.doors, i) },
  });
  const list = (i: number) => ({
    category_ids: [of(found.categories, i)],
    grid_id: of(found.grids, i),
    phase: 'ended',
    count: true,
  });
  const submit = (i: number) =>
    perform(environment, { actor: resident(i), community, via: 'bench' }, submit_request, tell(i));
  const page = (i: number) => see(show_request, { number: of(found.numbers, i) });
  const near = (i: number) => see(find_similar, { text: '楼道的灯坏了', ...of(found.points, i) });
  const map = (i: number) => see(map_requests, { grid_id: of(found.grids, i), limit: 300 });
  const overview = () => see(show_measures, { from: new Date(environment.clock().getTime() - YEAR_MS) }, secretary);
  const quick = { goal: 'p99 < 80 ms', concurrency: 4 };
  return [
    { name: 'submit a request', goal: '≥ 400/s, p99 < 100 ms', concurrency: 12, run: submit },
    { name: 'a request’s page', goal: 'p99 < 50 ms at 200/s', concurrency: 12, rate: 200, run: page },
    { name: 'list with filters', ...quick, run: (i) => see(list_requests, list(i)) },
    { name: 'map of a list', ...quick, run: map },
    { name: 'search Chinese text', ...quick, run: (i) => see(list_requests, { words: of(WORDS, i) }) },
    { name: 'requests like this near by', ...quick, run: near },
    { name: 'overview with all measures', goal: '< 150 ms', concurrency: 1, run: overview },
  ];
}
