import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTsplib, TsplibError } from './index.ts';

const file = (header: string[], ...rest: string[]) =>
  ['NAME : x', 'TYPE: TSP', 'DIMENSION : 3', ...header, ...rest, 'EOF', ''].join('\n');
const explicit = (form: string, ...rows: string[]) =>
  file(['EDGE_WEIGHT_TYPE: EXPLICIT', `EDGE_WEIGHT_FORMAT: ${form}`, 'EDGE_WEIGHT_SECTION'], ...rows);
const points = (type: string, ...rows: string[]) => file([`EDGE_WEIGHT_TYPE: ${type}`, 'NODE_COORD_SECTION'], ...rows);

describe('every form of a matrix gives the same distances', () => {
  const table: [form: string, rows: string[]][] = [
    ['FULL_MATRIX', ['0 1 2', '1 0 3', '2 3 0']],
    ['UPPER_ROW', ['1 2', '3']],
    ['LOWER_ROW', ['1', '2 3']],
    ['UPPER_DIAG_ROW', ['0 1 2 0', '3 0']],
    ['LOWER_DIAG_ROW', ['0 1 0', '2 3 0']],
    ['UPPER_COL', ['1 2 3']],
    ['LOWER_COL', ['1 2', '3']],
    ['UPPER_DIAG_COL', ['0', '1 0', '2 3 0']],
    ['LOWER_DIAG_COL', ['0 1 2', '0 3', '0']],
  ];
  for (const [form, rows] of table) {
    it(form, () => {
      const { between } = readTsplib(explicit(form, ...rows));
      assert.deepEqual([...(between as Float64Array)], [0, 1, 2, 1, 0, 3, 2, 3, 0]);
    });
  }
});

describe('distances out of coordinates', () => {
  const table: [type: string, one: string, two: string, distance: number][] = [
    ['EUC_2D', '0 0', '1 1', 1],
    ['EUC_2D', '0 0', '3.0e0 +4', 5],
    ['EUC_3D', '0 0 0', '2 3 6', 7],
    ['CEIL_2D', '0 0', '1 1', 2],
    ['MAN_2D', '0 0', '-3 4.4', 7],
    ['MAN_3D', '0 0 0', '1 2 3', 6],
    ['MAX_2D', '0 0', '-3 4.4', 4],
    ['MAX_3D', '0 0 0', '1 2 3', 3],
    ['ATT', '0 0', '10 10', 5],
    ['ATT', '0 0', '10 0', 4],
    ['GEO', '16.47 96.10', '16.47 94.44', 153],
    ['XRAY1', '350 0 0', '5 0 0', 1500],
    ['XRAY2', '0 3 0', '0 0 0', 200],
  ];
  for (const [type, one, two, distance] of table) {
    it(`${type}: ${one} to ${two}`, () => {
      const { between } = readTsplib(points(type, `1 ${one}`, `3 ${two}`, `2 ${two}`));
      assert.equal((between as (a: number, b: number) => number)(0, 2), distance);
    });
  }
});

describe('a broken file is refused with its line:', () => {
  const table: [what: string, text: string, line: number][] = [
    ['nothing', '', 1],
    ['a word that is none', 'NAME: x\nCOLOUR: red\n', 2],
    ['another type', 'NAME: x\nTYPE: CVRP\n', 2],
    ['a special weight', points('SPECIAL', '1 0 0'), 4],
    ['no size', points('EUC_2D').replace('DIMENSION : 3', 'DIMENSION : many'), 3],
    ['a size beyond measure', points('EUC_2D').replace('DIMENSION : 3', 'DIMENSION : 999999999'), 3],
    ['a key twice', file(['DIMENSION: 3']), 4],
    ['a section twice', points('EUC_2D', '1 0 0', 'NODE_COORD_SECTION'), 7],
    ['numbers outside', 'NAME: x\n1 2 3\n', 2],
    ['too few points', points('EUC_2D', '1 0 0', '2 0 0'), 7],
    ['too many numbers', points('EUC_2D', '1 0 0', '2 0 0', '3 0 0', '4 0 0'), 9],
    ['a point twice', points('EUC_2D', '1 0 0', '1 0 0', '3 0 0'), 7],
    ['a point that is none', points('EUC_2D', '0 0 0', '1 0 0', '3 0 0'), 6],
    ['no number', points('EUC_2D', '1 0 0', '2 0 abc', '3 0 0'), 7],
    ['an endless number', points('EUC_2D', '1 0 0', '2 0 1e999', '3 0 0'), 7],
    ['a negative distance', explicit('UPPER_ROW', '1 -2', '3'), 7],
    ['an unknown form', explicit('SPIRAL', '1 2 3'), 5],
    ['half a matrix for an asymmetric problem', explicit('UPPER_ROW', '1 2 3').replace('TYPE: TSP', 'TYPE: ATSP'), 5],
    ['fixed edges', file(['EDGE_WEIGHT_TYPE: EUC_2D', 'FIXED_EDGES_SECTION'], '1 2', '-1'), 5],
  ];
  for (const [what, text, line] of table) {
    it(what, () =>
      assert.throws(
        () => readTsplib(text),
        (error) => error instanceof TsplibError && error.line === line && error.column >= 1,
      ),
    );
  }
});

it('says nothing but TsplibError to hostile text', () => {
  const whole = points('EUC_2D', '1 0 0', '2 3 4', '3 6 8');
  const pieces = whole.split(/(\s+)/);
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.shuffledSubarray(pieces).map((chosen) => chosen.join('\n')),
    fc.tuple(fc.nat(whole.length), fc.string()).map(([at, put]) => whole.slice(0, at) + put + whole.slice(at + 1)),
  );
  fc.assert(
    fc.property(text, (hostile) => {
      try {
        readTsplib(hostile);
      } catch (error) {
        if (!(error instanceof TsplibError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

it('reads line ends of every system and words without a colon', () => {
  const text = points('EUC_2D', '1 0 0', '2 3 4', '3 6 8').replaceAll('\n', '\r\n').replace('TYPE: TSP', 'TYPE TSP');
  assert.equal(readTsplib(`\uFEFF${text}`).size, 3);
});
