import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import fc from 'fast-check';
import {
  allocate,
  makeElection,
  makePabulib,
  PabulibError,
  type PabulibFile,
  readPabulib,
  textOf,
  writePabulib,
} from './index.ts';

const META = 'META\nkey;value\nbudget;100\nvote_type;approval\n';
const PROJECTS = 'PROJECTS\nproject_id;cost;name\na;60;A\nb;50;B\n';
const VOTES = 'VOTES\nvoter_id;vote\n1;a,b\n2;b\n';
const WHOLE = META + PROJECTS + VOTES;

const idsOf = (text: string) => {
  const { election } = readPabulib(text);
  return election.ballot_of.map((ballot) => election.ballots[ballot]!.projects.map((p) => election.projects[p]!.id));
};

it('reads what files in the wild look like', () => {
  const table: [what: string, text: string, ballots: string[][]][] = [
    ['plain', WHOLE, [['a', 'b'], ['b']]],
    ['byte order mark and CRLF', `\ufeff${WHOLE.replaceAll('\n', '\r\n')}`, [['a', 'b'], ['b']]],
    ['CR alone, and no end of the last line', WHOLE.replaceAll('\n', '\r').slice(0, -1), [['a', 'b'], ['b']]],
    ['blank lines and small letters', WHOLE.replace('VOTES', '\n  \nvotes'), [['a', 'b'], ['b']]],
    ['semicolon and line end in quotes', WHOLE.replace(';A', ';"A;\n""A"""'), [['a', 'b'], ['b']]],
    ['a project twice on a ballot', WHOLE.replace('a,b', 'b,a,b'), [['a', 'b'], ['b']]],
    ['empty ballots', WHOLE.replace('a,b', '').replace('2;b', '2;None'), [[], []]],
    ['spaces around ids', WHOLE.replace('a,b', ' a , b '), [['a', 'b'], ['b']]],
    [
      'lengths are told, not enforced',
      WHOLE.replace('budget', 'max_length;1\nmin_length;9\nbudget'),
      [['a', 'b'], ['b']],
    ],
    ['ranked', WHOLE.replace('approval', 'ordinal').replace('a,b', 'b,a,b'), [['b', 'a'], ['b']]],
  ];
  for (const [what, text, ballots] of table) assert.deepEqual(idsOf(text), ballots, what);
});

it('reads amounts exactly', () => {
  const { election } = readPabulib(
    WHOLE.replace('budget;100', 'budget;2458488,22')
      .replace('a;60', 'a;123456789012345678901234567890.10')
      .replace('b;50', 'b;1/3'),
  );
  assert.equal(textOf(election.budget), '2458488.22');
  assert.deepEqual(
    election.projects.map(({ cost }) => textOf(cost)),
    ['123456789012345678901234567890.1', '1/3'],
  );
});

it('refuses a broken file with line, column and reason', () => {
  const points = WHOLE.replace('approval', 'scoring').replace(
    'id;vote\n1;a,b\n2;b',
    'id;vote;points\n1;a,b;3,1\n2;b;2',
  );
  readPabulib(points);
  const table: [text: string, code: string, line: number, column: number][] = [
    ['', 'section_missing', 1, 1],
    ['key;value\n', 'section_missing', 1, 1],
    [META + PROJECTS, 'section_missing', 8, 7],
    [META + VOTES, 'section_misplaced', 5, 1],
    [WHOLE + VOTES, 'section_misplaced', 13, 1],
    [WHOLE.replace('budget;100\n', ''), 'key_missing', 8, 1],
    [WHOLE.replace('budget;100', 'budget'), 'value_missing', 3, 1],
    [WHOLE.replace('budget;100', 'budget;much'), 'number_invalid', 3, 8],
    [WHOLE.replace('budget;100', 'budget;-1'), 'amount_negative', 3, 8],
    [WHOLE.replace('budget;100', 'budget;100\nbudget;200'), 'key_repeated', 4, 1],
    [WHOLE.replace('vote_type;approval\n', ''), 'key_missing', 8, 1],
    [WHOLE.replace('approval', 'veto'), 'vote_type_unknown', 4, 11],
    [WHOLE.replace('project_id;cost', 'project_id;price'), 'column_missing', 6, 1],
    [WHOLE.replace('cost;name', 'cost;cost'), 'column_repeated', 6, 17],
    [WHOLE.replace('a;60', 'a;sixty'), 'number_invalid', 7, 3],
    [WHOLE.replace('a;60', 'a;-60'), 'amount_negative', 7, 3],
    [WHOLE.replace('b;50', 'a;50'), 'project_repeated', 8, 1],
    [WHOLE.replace('b;50', ';50'), 'project_unnamed', 8, 1],
    [WHOLE.replace('b;50;B', 'b;50'), 'fields_differ', 8, 3],
    [WHOLE.replace('b;50;B', 'b;50;B;C'), 'fields_differ', 8, 8],
    [WHOLE.replace('voter_id;vote', 'voter_id;choice'), 'column_missing', 10, 1],
    [WHOLE.replace('2;b', '2;c'), 'project_unknown', 12, 3],
    [WHOLE.replace('2;b', '2'), 'fields_differ', 12, 1],
    [WHOLE.replace(';A\n', ';"A\n'), 'quote_unclosed', 7, 6],
    [WHOLE.replace('budget', 'num_votes;3\nbudget'), 'count_differs', 3, 11],
    [WHOLE.replace('budget', 'num_projects;1\nbudget'), 'count_differs', 3, 14],
    [points.replace('3,1', '3'), 'points_differ', 11, 7],
    [points.replace('3,1', '3,x'), 'number_invalid', 11, 7],
    [points.replace('a,b;', 'a,;'), 'project_unknown', 11, 3],
  ];
  for (const [text, code, line, column] of table)
    assert.throws(
      () => readPabulib(text),
      (error: PabulibError) => {
        assert.deepEqual([error.code, error.line, error.column], [code, line, column], `${error.message}\n${text}`);
        return true;
      },
    );
  const latin1 = Buffer.from(WHOLE.replace(';A', ';\xe9'), 'latin1');
  assert.throws(() => readPabulib(latin1), { code: 'encoding_invalid', line: 7, column: 6 });
});

it('never does other than read or refuse, whatever it is given', () => {
  const pieces = fc.constantFrom(
    'META',
    'VOTES',
    'PROJECTS',
    '\n',
    ';',
    '"',
    ',',
    'a',
    '1',
    'vote',
    'cost',
    '\r',
    '\ufeff',
    'None',
  );
  const broken = fc.tuple(fc.nat(WHOLE.length), fc.nat(6), fc.array(pieces, { maxLength: 4 }));
  fc.assert(
    fc.property(broken, ([at, cut, added]) => {
      const text = WHOLE.slice(0, at) + added.join('') + WHOLE.slice(at + cut);
      try {
        allocate(readPabulib(text).election, { completion: 'greedy' });
      } catch (error) {
        assert.ok(error instanceof PabulibError, String(error));
        assert.ok(error.line >= 1 && error.column >= 1);
      }
    }),
    { numRuns: 500 },
  );
});

it('writes every field again', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '票', ';', '"', '\n', '\r', ' ', ','), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
      const file: PabulibFile = {
        meta: [
          ['budget', '10'],
          ['vote_type', 'approval'],
          ...rows.map(([, value], i): [string, string] => [`k${i}`, value]),
        ],
        project_columns: ['project_id', 'cost', 'name'],
        projects: rows.map(([name], i) => [`p${i}`, '3.50', name]),
        vote_columns: ['voter_id', 'vote', 'remark'],
        votes: rows.map(([name, remark], i) => [`v${i}`, name ? `p${i}` : '', remark]),
      };
      assert.deepEqual(readPabulib(writePabulib(file)).file, file);
    }),
  );
});

it('makes a file of an election, and reads the same election from it', () => {
  const given = {
    budget: '99.5',
    vote_type: 'cumulative',
    projects: [
      { id: 'a', cost: '60' },
      { id: 'b', cost: '0.5' },
    ],
  } as const;
  const election = makeElection(given, [
    { voter_id: '1', projects: ['b', 'a'], points: ['2.5', '1'] },
    { voter_id: '2', projects: [], points: [] },
    { voter_id: '3', projects: ['a', 'b'], points: [1, '2.5'] },
  ]);
  const file = makePabulib(election, { description: '第一轮; "2026"', currency: 'CNY' }, new Map([['a', '晾衣架']]));
  const again = readPabulib(writePabulib(file));
  assert.deepEqual(again.election, election);
  assert.deepEqual(again.file, file);
  assert.equal(election.ballots.length, 2);
});

const files = globSync('../shared/data/pb/*.pb').sort();
it('keeps every field of real files', { skip: files.length === 0 && '../shared/data/pb is not here' }, () => {
  const small = files.map((path) => readFileSync(path)).filter(({ length }) => length < 300_000);
  for (const bytes of small) {
    const { file, election } = readPabulib(bytes);
    const again = readPabulib(writePabulib(file));
    assert.deepEqual(again.file, file);
    assert.deepEqual(again.election.ballot_of, election.ballot_of);
  }
});
