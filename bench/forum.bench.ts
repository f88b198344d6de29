import { join } from 'node:path';
import { sql } from 'kysely';
import { list_topics } from '#modules/forum/index.ts';
import { visitor } from '#platform/actor.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { ask } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { searchVector } from '#platform/text_search.ts';
import { measure, type Timing } from './measure.ts';

const SCALE = { speeches: 100_000, of_a_topic: 20 };
const CHUNK = 1_000;
const SECONDS = 4;
const GOAL = 'goal p99 < 80 ms';

/** What is looked for, from words that one speech in 5,000 holds to some that most do. */
const WORDS = ['梧桐树', '充电桩', '停车', '门前', 'plane tree', 'charging', 'parking', 'number', '没有人说过这句话'];

/** Words found at Morning Tea among 100,000 speeches, beside reading every title, text and speech for them. */
export async function rows(progress: (text: string) => void) {
  const data_dir = join(REPOSITORY, 'data', 'bench_forum');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  await migrate(database.owner_url);
  const environment = await openEnvironment({
    ...{ app_url: database.app_url, data_dir, keys: secrets.keys, session_key: secrets.session_key },
    base_url: 'http://localhost:3000',
  });
  try {
    const community = await prepare(environment, progress);
    await withClient(database.owner_url, (owner) => owner.query('vacuum analyze'));
    const measured = [];
    for (const words of WORDS) {
      const caller = { actor: visitor, community, via: 'bench' };
      const ours = await measure(() => ask(environment, caller, list_topics, { words }), ONE_AT_A_TIME);
      const theirs = await measure(() => readAll(environment, community, words), ONE_AT_A_TIME);
      progress(`  ${words}: ${say(ours)}; reading all ${say(theirs)}`);
      measured.push({
        ...{ name: `Morning Tea: “${words}”`, ours: ours.p50, theirs: theirs.p50, ratio: ours.p50 / theirs.p50 },
        ...{ unit: 'ms', note: `${say(ours)}; reading all ${say(theirs)}; ${GOAL}` },
      });
    }
    return measured;
  } finally {
    await closeEnvironment(environment);
    await database.stop();
  }
}

const ONE_AT_A_TIME = { concurrency: 1, seconds: SECONDS };
const say = ({ p50, p99 }: Timing) => `p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`;

/** The same page without an index of words. */
const readAll = (environment: Environment, community: Community, words: string) =>
  sql`
    select t.id from topics t where t.community_id = ${community.id} and t.state in ('open', 'concluded')
      and (t.title ilike ${`%${words}%`} or t.text ilike ${`%${words}%`} or exists (select 1 from speeches s
        where s.community_id = t.community_id and s.topic_id = t.id and s.state = 'shown' and s.text ilike ${`%${words}%`}))
    order by t.spoken_at desc, t.id desc limit 21`.execute(environment.database.of(community.id));

async function prepare(environment: Environment, progress: (text: string) => void): Promise<Community> {
  if ((await environment.allCommunities()).length === 0) {
    progress('  seeding a small neighbourhood (the first time only)');
    const { seed } = await import('#db/seed/index.ts');
    await seed(environment, 'small', { progress });
  }
  const community = await environment.communityBySlug();
  const db = environment.database.of(community.id);
  const { there } = await db
    .selectFrom('speeches')
    .select((e) => e.fn.countAll<number>().as('there'))
    .executeTakeFirstOrThrow();
  if (Number(there) < SCALE.speeches) {
    progress(`  filling up to ${SCALE.speeches} speeches`);
    const { id } = await db.selectFrom('people').select('id').executeTakeFirstOrThrow();
    for (let from = Number(there); from < SCALE.speeches; from += CHUNK) await fillUp(environment, community, id, from);
  }
  return community;
}

/** A chunk of speeches with their topics, spread over three years. */
async function fillUp(environment: Environment, community: Community, person_id: string, from: number): Promise<void> {
  const db = environment.database.of(community.id);
  const of = { community_id: community.id };
  const at = (n: number) => new Date(Date.now() - (SCALE.speeches - n) * ((3 * 365 * 86_400_000) / SCALE.speeches));
  const vector = (text: string) => sql<string>`${searchVector(text)}::tsvector`;
  const topics: string[] = [];
  for (let n = 0; n < CHUNK; n += SCALE.of_a_topic) {
    const [id, title, text, raised_at] = [newId(), `话题${from + n}`, saying(from + n), at(from + n)];
    const topic = { ...of, id, title, text, raised_by_id: person_id, raised_at, state: 'open' as const };
    const spoken_at = at(from + n + SCALE.of_a_topic);
    await db
      .insertInto('topics')
      .values({ ...topic, spoken_at, search: vector(`${title} ${text}`) })
      .execute();
    topics.push(id);
  }
  const speeches = Array.from({ length: CHUNK }, (_, n) => {
    const text = saying(from + n);
    const topic_id = topics[Math.floor(n / SCALE.of_a_topic)]!;
    const said = { id: newId(), topic_id, speaker_id: person_id, speaker_is_verified: true, said_at: at(from + n) };
    return { ...of, ...said, text, state: 'shown' as const, search: vector(text) };
  });
  await db.insertInto('speeches').values(speeches).execute();
}

const SUBJECTS = ['楼道的灯', '小区门口的路', '垃圾桶', '快递柜', '广场舞的声音', '电梯', '楼下的长椅', '孩子放学的路'];
const WISHES = [
  '先统计一下再说',
  '请物业来看一看',
  '我愿意出一份力',
  '去年也说过一回',
  '夜里尤其不方便',
  '老人走着不放心',
];
const ENGLISH = ['the stairs', 'the gate', 'the benches', 'the lift', 'the way to school', 'the noise at night'];

/** What somebody says, two to five sentences, each fifth in English; the same for the same number. */
function saying(n: number): string {
  const pick = <T>(from: readonly T[], salt: number) => from[(n * 7919 + salt * 104_729 + (n >> 5)) % from.length]!;
  const [often, seldom, hardly] = [n % 5 === 1, n % 100 === 7, n % 5_000 === 11];
  if (n % 5 === 0 || n % 5 === 4) {
    const said = [1, 2, 3].map((salt) => `About ${pick(ENGLISH, salt)}: number ${(n * salt) % 9_973} needs a look.`);
    if (n % 25 === 4) said.push('Parking is the trouble.');
    if (n % 100 === 10) said.push('Charging at night would help.');
    if (n % 5_000 === 15) said.push('The old plane tree has to stay.');
    return said.join(' ');
  }
  const said = [1, 2, 3, 4].map(
    (salt) => `${pick(SUBJECTS, salt)}，${(n * salt) % 9_973}号门前，${pick(WISHES, salt)}。`,
  );
  if (often) said.push('停车还是要画线。');
  if (seldom) said.push('充电桩不够用。');
  if (hardly) said.push('那棵梧桐树不能砍。');
  return said.join('');
}
