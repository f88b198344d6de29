import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { set_preferences } from '#modules/people/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { REPOSITORY } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { searchVector } from '#platform/text_search.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as forum from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const found = async (words: string) =>
  (
    await ask(town.environment, { actor: visitor, community: town.community, via: 'test' }, forum.list_topics, {
      words,
    })
  ).topics.map((topic) => topic.title);

describe('words at Morning Tea', () => {
  it('are found in titles, texts and shown speeches, in Chinese and English, each by itself', async () => {
    const { desk, secretary, resident } = town.people;
    await act(desk, forum.raise_topic, { title: '停车怎么排', text: '楼下的车位不够，先听大家怎么说。' });
    const lamps = await act(desk, forum.raise_topic, { title: 'Lamps', text: 'The yard is dark at night.' });
    await act(secretary, forum.give_speech, { topic_id: lamps.id, text: '三号楼旁边的老槐树挡住了灯光' });
    await act(secretary, forum.give_speech, { topic_id: lamps.id, text: 'ＬＥＤ bulbs last longer' });
    await act(resident, set_preferences, { shows_name: true });
    await act(resident, forum.give_speech, { topic_id: lamps.id, text: '还没有人看过的话' });
    for (const [words, titles] of [
      ['停车', ['停车怎么排']],
      ['车位', ['停车怎么排']],
      ['槐', ['Lamps']],
      ['老槐树', ['Lamps']],
      ['dark', ['Lamps']],
      ['BULB', ['Lamps']],
      ['led', ['Lamps']],
      ['yard night', ['Lamps']],
      ['yard bulbs', []],
      ['槐停', []],
      ['还没有人看过', []],
      ["'); drop table topics; --", []],
      ['！？', []],
      ['灯'.repeat(80), []],
    ] as const)
      assert.deepEqual(await found(words), titles, words);
  });

  it('that most speeches hold give the same topics in the same order, whichever way they are found', async () => {
    const { desk } = town.people;
    const db = town.environment.database.of(town.community.id);
    const of = { community_id: town.community.id };
    const topics = Array.from({ length: 340 }, (_, n) => {
      const raised_at = new Date(Date.parse('2026-01-01T00:00:00Z') + n * 60_000);
      const topic = { id: newId(), title: `第${n}题`, text: '随便说说', state: 'open' as const };
      return { ...of, ...topic, raised_by_id: desk.id, raised_at, spoken_at: raised_at };
    });
    await db.insertInto('topics').values(topics).execute();
    // Every second topic speaks of lamps; the older half, of benches: common as well, and on no first page.
    const holds = topics.map((_, n) => [...(n % 2 === 0 ? ['路灯'] : []), ...(n < 30 ? ['长椅'] : [])]);
    const speeches = topics.flatMap(({ id, raised_at }, n) =>
      Array.from({ length: n < 30 ? 180 : 30 }, () => {
        const text = ['说一句', ...holds[n]!].join('，');
        const said = { id: newId(), topic_id: id, speaker_id: desk.id, speaker_is_verified: true, said_at: raised_at };
        return { ...of, ...said, text, state: 'shown' as const, search: sql<string>`${searchVector(text)}::tsvector` };
      }),
    );
    for (let from = 0; from < speeches.length; from += 1_000)
      await db
        .insertInto('speeches')
        .values(speeches.slice(from, from + 1_000))
        .execute();
    const expected = (words: string) =>
      topics
        .filter((_, n) => holds[n]!.includes(words))
        .map(({ title }) => title)
        .reverse();
    for (const words of ['路灯', '长椅', '路灯'])
      assert.deepEqual(await found(words), expected(words).slice(0, 20), words);
    const caller = { actor: visitor, community: town.community, via: 'test' };
    const second = await ask(town.environment, caller, forum.list_topics, { words: '路灯', offset: 20 });
    assert.deepEqual(
      second.topics.map(({ title }) => title),
      expected('路灯').slice(20, 40),
    );
    assert.equal(second.next, 40);
  });

  it('that were said before there was an index got the tokens that are written now', async () => {
    const [path] = globSync('db/migrations/*_forum_words.sql', { cwd: REPOSITORY });
    const migration = readFileSync(join(REPOSITORY, path!), 'utf8');
    const [tokens_of] = migration.match(/create function pg_temp[\s\S]*?\$\$;/) ?? [];
    const texts = [
      '三号楼旁边的老槐树，2栋501室的LED灯，坏了！',
      'The yard (No. 3) isn’t lit; CAFÉ ÜBER naïve',
      'ＡＢＣ１２３ 半角 ﾊﾝｶｸ かな 한국어 Привет',
      '々〇𠀀𠮷 A栋B座',
      '！？…',
      `${'长'.repeat(10)}${'abc'.repeat(40)}没有标点的一句很长的话`.repeat(3),
    ];
    await town.environment.database
      .of(town.community.id)
      .connection()
      .execute(async (db) => {
        await sql.raw(tokens_of!).execute(db);
        for (const text of texts) {
          const { rows } = await sql<{ written: string; now: string }>`
            select pg_temp.tokens_of(${text})::text as written, ${searchVector(text)}::tsvector::text as now`.execute(
            db,
          );
          assert.equal(rows[0]!.written, rows[0]!.now, text);
        }
      });
  });
});
