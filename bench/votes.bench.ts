import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import { randomCode } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { FRESH_MS, record, replay, type Statement } from './floor.ts';
import { measure } from './measure.ts';
import { fillBox, settle, VOTE_SCALE } from './vote_scale.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit: string; note: string };

const SECONDS = 6;
const AT_ONCE = 12;
const DAY = 86_400_000;
const secretary: Actor = {
  ...{ kind: 'person', id: newId() },
  roles: [{ role: 'secretary', scope_kind: 'community', scope_id: null }],
};

/** A vote cast beside the same SQL through the driver alone, and the result of a full box with every explanation published. */
export async function rows(progress: (text: string) => void): Promise<Row[]> {
  const data_dir = process.env.YINGMEN_BENCH_VOTES ?? join(REPOSITORY, 'data', 'bench_votes');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  await migrate(database.owner_url);
  const { keys, session_key } = secrets;
  const where = { base_url: 'http://localhost:3000', pool_size: AT_ONCE };
  const environment = await openEnvironment({ app_url: database.app_url, data_dir, keys, session_key, ...where });
  try {
    const voters = await prepare(environment, database.owner_url, progress);
    const community = await environment.communityBySlug();
    const round = await openRound(environment, community, progress);
    const cast = await measureCast(environment, community, database.app_url, round, voters);
    progress(`  ${cast.name}: ${cast.ours.toFixed(0)}/s, ${cast.note}`);
    const counted = await measureCount(environment, community, database.owner_url, round);
    progress(`  ${counted.name}: ${counted.ours.toFixed(1)} s`);
    return [cast, counted];
  } finally {
    await closeEnvironment(environment);
    await database.stop();
  }
}

/** A neighbourhood with enough verified adults; their ids. */
async function prepare(environment: Environment, owner_url: string, progress: (text: string) => void) {
  if ((await environment.allCommunities()).length === 0) {
    const { foundCommunity } = await import('#db/found.ts');
    const names = { 'zh-CN': '投票', en: 'Votes' };
    const place = { latitude: 31.8, longitude: 117.2, time_zone: 'Asia/Shanghai' };
    await foundCommunity(environment, { slug: 'votes', names, phone: '13800000000', ...place });
  }
  const { id } = await environment.communityBySlug();
  return withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [id]);
    const known = await client.query('select 1 from household_members limit 1');
    if (!known.rowCount) {
      progress(`  settling ${VOTE_SCALE.voters} verified residents (the first time only) …`);
      await settle(client, id);
      await client.query('vacuum analyze');
    }
    const { rows } = await client.query<{ id: string }>(
      'select person_id as id from household_members where verified_at is not null order by person_id',
    );
    return rows.map((row) => row.id);
  });
}

type Round = { id: string; until: Date };

/** A new round with 341 projects, frozen, in which votes are cast now. */
async function openRound(environment: Environment, community: Community, progress: (text: string) => void) {
  progress(`  a round with ${VOTE_SCALE.projects} projects`);
  const now = Date.now();
  const at = (days: number) => new Date(now + days * DAY);
  const act = <I, A>(command: Command<I, A>, input: unknown, days: number) =>
    perform(environment, { actor: secretary, community, via: 'bench', now: at(days) }, command, input);
  const both = (text: string) => ({ 'zh-CN': text, en: text });
  const round = await act(
    projects.write_venture_round,
    {
      names: both('Votes'),
      rules: {
        ...{ who_may_propose: 'both', budget_fen: VOTE_SCALE.budget_yuan * 100, fund_account_id: null },
        ...{ categories: [{ code: 'other', names: both('Other') }], criteria: [both('Good')] },
        ballot: { most_choices: 10, within_budget: false },
        allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 },
        calendar: {
          ...{ proposing_from: at(-9).toISOString(), proposing_until: at(-6).toISOString() },
          ...{ voting_from: at(-1).toISOString(), voting_until: at(1).toISOString() },
        },
      },
    },
    -9,
  );
  for (let i = 0; i < VOTE_SCALE.projects; i++) {
    const words = { round_id: round.id, title: `Project ${i + 1}`, summary: 'A project', category: 'other' };
    const asked_fen = (4_000 + ((i * 7919) % 22_000)) * 100;
    const { id } = await act(projects.submit_proposal, { ...words, asked_fen }, -8);
    await act(projects.vet_proposal, { id, verdict: 'admit', reason: 'Good', criteria: [true] }, -5);
  }
  await act(projects.freeze_venture_rules, { id: round.id }, -3);
  return { id: round.id, until: at(1) };
}

const choices = (i: number) =>
  Array.from({ length: 1 + (i % 10) }, (_, k) => 1 + ((i * 31 + k * k * 17) % VOTE_SCALE.projects));

async function measureCast(
  environment: Environment,
  community: Community,
  app_url: string,
  round: Round,
  all: string[],
) {
  // Half of the voters cast their votes; the same SQL for the others is the floor.
  const [voters, others] = [all.slice(0, all.length / 2), all.slice(all.length / 2)];
  let turn = 0;
  const castFor = (id: string, code: string) => {
    const actor: Actor = { kind: 'person', id, roles: [] };
    const input = { round_id: round.id, receipt_code: code, proposals: choices(turn++) };
    return perform(environment, { actor, community, via: 'bench' }, projects.cast_ballot, input);
  };
  await castFor(voters.pop()!, randomCode(16));
  const [first, code] = [voters.pop()!, randomCode(16)];
  // What the round was made with is no longer taken for ids of the recorded vote.
  await sleep(FRESH_MS + 500);
  const statements = await record(() => castFor(first, code));
  const ours = await measure(() => castFor(voters.pop()!, randomCode(16)), { concurrency: AT_ONCE, seconds: SECONDS });
  const hash = projects.hashOfCode(round.id, code);
  const pool = new pg.Pool({ connectionString: app_url, max: AT_ONCE });
  pool.on('connect', (client) => void client.query("select set_config('app.community_id', $1, false)", [community.id]));
  pool.on('error', () => {});
  try {
    const floor = await measure(
      () => replay(pool, inNameOf(statements, [first, others.pop()!], [hash, randomBytes(32).toString('hex')])),
      { concurrency: AT_ONCE, seconds: SECONDS },
    );
    return {
      ...{ name: `a vote, ${VOTE_SCALE.projects} projects on the ballot`, unit: '/s' },
      ...{ ours: ours.per_second, theirs: floor.per_second, ratio: ours.per_second / floor.per_second },
      note: `p50 ${ours.p50.toFixed(1)} p99 ${ours.p99.toFixed(1)} ms, floor p99 ${floor.p99.toFixed(1)} ms; goal ≥ 300/s, p99 < 150 ms`,
    };
  } finally {
    await pool.end();
  }
}

/** The statements of one vote as somebody else's with another ballot, so that rows stay unique. */
function inNameOf(statements: readonly Statement[], ...changes: readonly (readonly [string, string])[]): Statement[] {
  const changed = (value: unknown) =>
    typeof value === 'string' ? changes.reduce((text, [from, to]) => text.replaceAll(from, to), value) : value;
  return statements.map(({ text, values }) => ({ text, values: values.map(changed) }));
}

async function measureCount(environment: Environment, community: Community, owner_url: string, round: Round) {
  await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    await fillBox(client, community.id, round.id);
    await client.query('vacuum analyze ballots, voter_roll');
  });
  const now = new Date(round.until.getTime() + 3_600_000);
  const began = performance.now();
  await perform(environment, { actor: secretary, community, via: 'bench', now }, projects.close_venture_round, {
    id: round.id,
  });
  const seconds = (performance.now() - began) / 1000;
  return {
    ...{ name: `the result of ${VOTE_SCALE.ballots} ballots, all explained`, unit: 's' },
    ...{ ours: seconds, theirs: 10, ratio: seconds / 10 },
    note: 'theirs is the goal: below 10 s',
  };
}
