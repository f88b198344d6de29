import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { makeOuterServer } from '#faces/server/outer.ts';
import type { Providers } from '#platform/channels/channel.ts';
import { openDispatcher } from '#platform/channels/dispatcher.ts';
import { openProviders } from '#platform/channels/providers.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import { seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { localMessenger, smsMessenger } from '#platform/messenger.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { buildPages } from '../bin/build_pages.ts';
import { measure, type Timing } from './measure.ts';

const COUNT = 20_000;
const GOAL_SECONDS = 60;
const GOAL_RATIO = 1.2;
const PAGES_A_SECOND = 10;
const TURN_SECONDS = 5;
const PAGES = ['/', '/requests', '/map', '/ask'];

/**
 * 20,000 text messages gathered, composed and handed to a gateway on this machine by the process that also answers pages,
 * and how the pages fare meanwhile, beside the same pages at the same rate in the pauses. Sending and pauses take turns of some seconds, so that
 * whatever else the machine does falls on both alike.
 */
export async function rows(progress: (text: string) => void) {
  await buildPages(progress);
  const data_dir = process.env.YINGMEN_BENCH_NOTIFY ?? join(REPOSITORY, 'data', 'bench_notify');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  await migrate(database.owner_url);
  const { keys, session_key, push_keys } = secrets;
  const base_url = 'http://localhost:3000';
  const environment = await openEnvironment({ app_url: database.app_url, data_dir, keys, session_key, base_url });
  const gateway = await openGateway();
  const app = await makeOuterServer({ environment, reads_a_minute: 1e9 });
  try {
    if ((await environment.allCommunities()).length === 0) {
      progress('  seeding the small demonstration');
      const { seed } = await import('#db/seed/index.ts');
      await seed(environment, 'small', { progress });
    }
    const community = await environment.communityBySlug();
    progress(`  writing ${COUNT} notices`);
    await writeNotices(environment, community);
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const visit = async (i: number) => {
      const answer = await fetch(address + PAGES[i % PAGES.length]);
      await answer.arrayBuffer();
      if (!answer.ok && answer.status !== 503) throw new Error(`${answer.url} answered ${answer.status}`);
    };
    const messenger = smsMessenger(gateway.url, undefined, localMessenger(data_dir));
    const providers = openProviders({ messenger, push_keys, contact: 'mailto:a@b.example' });
    const { sending, resting, seconds, held } = await inTurns(environment, community, providers, visit);
    const { asked, messages } = await gateway.heard();
    const [beside, without] = [middleOf(sending), middleOf(resting)];
    const held_up = `the loop was held up ${ms(held.p99)} (p99 of the worst turn), ${ms(held.most)} at most`;
    return [
      {
        ...{ name: `${messages} text messages handed over`, ours: seconds, theirs: GOAL_SECONDS, unit: 's' },
        ratio: seconds / GOAL_SECONDS,
        note: `${asked} calls of the gateway; pages answered meanwhile; theirs is the goal: < ${GOAL_SECONDS} s`,
      },
      {
        ...{
          name: 'page p99 meanwhile',
          ours: beside.p99,
          theirs: without.p99,
          ratio: beside.p99 / without.p99,
          unit: 'ms',
        },
        note: `${PAGES_A_SECOND} pages a second, the middle of turns of ${TURN_SECONDS} s; theirs is without sending (p50 ${without.p50.toFixed(0)}, meanwhile ${beside.p50.toFixed(0)}); ${held_up}; goal: ratio ≤ ${GOAL_RATIO}`,
      },
    ];
  } finally {
    await app.close();
    await gateway.close();
    await closeEnvironment(environment);
    await database.stop();
  }
}

/** Sends until nothing waits, with a pause after each turn; the seconds are those of the turns alone. */
async function inTurns(
  environment: Environment,
  community: Community,
  providers: Providers,
  visit: (i: number) => Promise<void>,
) {
  const load = { concurrency: 8, seconds: TURN_SECONDS, rate: PAGES_A_SECOND };
  const held = { p99: 0, most: 0 };
  const [sending, resting]: [Timing[], Timing[]] = [[], []];
  resting.push(await measure(visit, load));
  for (let seconds = 0; ; ) {
    const dispatcher = openDispatcher(environment, providers);
    const began = performance.now();
    const took = () => (performance.now() - began) / 1000;
    let whole: number | undefined;
    const gathered = dispatcher.wake(community);
    const done = gathered
      .then(() => dispatcher.settled())
      .then(() => {
        whole ??= took();
      });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const pages = await measure(visit, load);
    delay.disable();
    held.p99 = Math.max(held.p99, delay.percentile(99));
    held.most = Math.max(held.most, delay.max);
    const ended = whole;
    await gathered;
    await dispatcher.close();
    await done;
    seconds += ended ?? took();
    // Of a turn that ended early most pages were answered beside nothing.
    if (ended === undefined || sending.length === 0) sending.push(pages);
    if (ended !== undefined) return { sending, resting, seconds, held };
    resting.push(await measure(visit, load));
  }
}

/** The middle of the turns, so that a turn in which the machine was busy with something else decides nothing. */
function middleOf(turns: Timing[]): { p50: number; p99: number } {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { p50: middle(turns.map((turn) => turn.p50)), p99: middle(turns.map((turn) => turn.p99)) };
}

const ms = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(0)} ms`;

/** A gateway on a thread of its own, as it is another machine's work: it says where it listens, and what it was asked. */
async function openGateway() {
  const worker = new Worker(
    `const { createServer } = require('node:http');
    const { parentPort } = require('node:worker_threads');
    const keys = new Set();
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      keys.add(String(request.headers['idempotency-key']));
      request.resume().once('end', () => response.writeHead(200).end());
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
    parentPort.on('message', () => parentPort.postMessage({ asked, messages: keys.size }));`,
    { eval: true },
  );
  const said = <T>() => new Promise<T>((resolve) => worker.once('message', resolve));
  return {
    url: `http://127.0.0.1:${await said<number>()}/`,
    heard() {
      worker.postMessage('heard');
      return said<{ asked: number; messages: number }>();
    },
    close: () => worker.terminate(),
  };
}

/** A resident with a phone each, and a notice that has waited long enough; what earlier runs left is put aside. */
async function writeNotices(environment: Environment, community: Community): Promise<void> {
  const db = environment.database.of(community.id);
  const now = environment.clock();
  await sql`update notices set gathered_at = ${now} where gathered_at is null`.execute(db);
  await sql`update deliveries set state = 'not_needed' where state in ('waiting', 'failed')`.execute(db);
  const CHUNK = 1000;
  for (let from = 0; from < COUNT; from += CHUNK) {
    const rows = Array.from({ length: CHUNK }, (_, i) => {
      const [id, contact] = [newId(), newId()];
      const phone = `+8613${String(from + i).padStart(9, '0')}`;
      return {
        ...{ id, contact, notice: newId(), number: from + i },
        name: seal(environment.keys, `people/name/${id}`, '测试').toString('hex'),
        phone: seal(environment.keys, `contact_points/value/${contact}`, phone).toString('hex'),
      };
    });
    const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, contact uuid, notice uuid, number int, name text, phone text)`;
    await sql`insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, languages, created_at, created_by_id)
      select ${community.id}::uuid, r.id, decode(r.name, 'hex'), '测*', '', array['zh-CN'], ${now}, r.id from ${given}`.execute(
      db,
    );
    await sql`insert into contact_points (community_id, id, person_id, kind, value_sealed, value_masked, value_fingerprint, verified_at, created_at)
      select ${community.id}::uuid, r.contact, r.id, 'phone', decode(r.phone, 'hex'), '••', decode(r.phone, 'hex'), ${now}, ${now} from ${given}`.execute(
      db,
    );
    // Never quiet, so that the hour of the run does not matter.
    await sql`insert into notice_preferences (community_id, person_id, channel, quiet_from_minute, quiet_until_minute, changed_at)
      select ${community.id}::uuid, r.id, 'sms', 0, 0, ${now} from ${given}`.execute(db);
    await sql`insert into notices (community_id, id, person_id, template, vars, subject_kind, subject_id, created_at)
      select ${community.id}::uuid, r.notice, r.id, 'request_answered', jsonb_build_object('number', r.number), 'request', r.notice, ${now}::timestamptz - interval '1 hour' from ${given}`.execute(
      db,
    );
  }
  await environment.database.pool.query('analyze');
}
