import { type Distance, LARGEST_SIZE } from './distances.ts';
import { COORDINATE_TYPES, type Coordinates, distanceOf, needsDepth } from './tsplib_distance.ts';

export type TsplibProblem = { name: string; size: number; type: 'TSP' | 'ATSP'; between: Float64Array | Distance };

/** A file that is not TSPLIB, with the line and column (from 1) where that shows. */
export class TsplibError extends Error {
  readonly code = 'tsplib_invalid';
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

/** An explicit matrix is held whole: 5,000 points are 200 MB. */
const LARGEST_EXPLICIT = 5_000;
const KEYS = 'NAME TYPE COMMENT DIMENSION CAPACITY EDGE_WEIGHT_TYPE EDGE_WEIGHT_FORMAT EDGE_DATA_FORMAT'
  .concat(' NODE_COORD_TYPE DISPLAY_DATA_TYPE')
  .split(' ');

type Token = { text: string; line: number; column: number };
type Header = Map<string, { value: string; line: number; column: number }>;

/**
 * Reads a problem of the TSPLIB 95 format (Reinelt, “TSPLIB 95”, 1995): types TSP and ATSP, every edge weight type but
 * SPECIAL, every form of an explicit matrix. Points are numbered from 0. Refuses a broken file with TsplibError. Linear in
 * the text, and in the matrix when one is given.
 */
export function readTsplib(text: string): TsplibProblem {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header: Header = new Map();
  const sections = new Map<string, Token[]>();
  let section: Token[] | undefined;
  for (const [at, line] of lines.entries()) {
    const word = /^\s*([A-Z][A-Z0-9_]*)\s*(:?)\s*(.*?)\s*$/.exec(line);
    if (!word) {
      addNumbers(section, line, at + 1);
      continue;
    }
    const [, key = '', colon = '', value = ''] = word;
    if (key === 'EOF') break;
    if (key.endsWith('_SECTION')) {
      if (sections.has(key)) throw new TsplibError(at + 1, 1, `${key} comes twice`);
      if (key === 'FIXED_EDGES_SECTION')
        throw new TsplibError(at + 1, 1, 'fixed edges are not supported; take the section out');
      section = [];
      sections.set(key, section);
    } else if (colon || KEYS.includes(key)) {
      if (!KEYS.includes(key)) throw new TsplibError(at + 1, 1, `"${key}" is no word of TSPLIB`);
      section = undefined;
      if (header.has(key) && key !== 'COMMENT') throw new TsplibError(at + 1, 1, `${key} comes twice`);
      header.set(key, { value, line: at + 1, column: line.indexOf(value) + 1 });
    } else throw new TsplibError(at + 1, 1, `"${key}" is no word of TSPLIB`);
  }
  return problemOf(header, sections, lines.length);
}

function addNumbers(section: Token[] | undefined, line: string, number: number): void {
  for (const { 0: text, index } of line.matchAll(/\S+/g)) {
    if (!section) throw new TsplibError(number, index + 1, `"${text}" stands outside of any section`);
    section.push({ text, line: number, column: index + 1 });
  }
}

function problemOf(header: Header, sections: Map<string, Token[]>, end: number): TsplibProblem {
  const type = oneOf(header, 'TYPE', ['TSP', 'ATSP'], end) as 'TSP' | 'ATSP';
  const weights = oneOf(header, 'EDGE_WEIGHT_TYPE', [...COORDINATE_TYPES, 'EXPLICIT'], end);
  const isExplicit = weights === 'EXPLICIT';
  const size = sizeOf(header, isExplicit ? LARGEST_EXPLICIT : LARGEST_SIZE, end);
  const name = header.get('NAME')?.value ?? '';
  const wanted = isExplicit ? 'EDGE_WEIGHT_SECTION' : 'NODE_COORD_SECTION';
  const tokens = sections.get(wanted);
  if (!tokens) throw new TsplibError(end, 1, `${wanted} is missing`);
  if (!isExplicit)
    return { name, size, type, between: distanceOf(weights, coordinatesOf(tokens, size, needsDepth(weights), end)) };
  const form = oneOf(header, 'EDGE_WEIGHT_FORMAT', FORMS, end);
  if (type === 'ATSP' && form !== 'FULL_MATRIX') {
    const { line, column } = header.get('EDGE_WEIGHT_FORMAT')!;
    throw new TsplibError(line, column, `an asymmetric problem needs FULL_MATRIX, not ${form}`);
  }
  return { name, size, type, between: matrixOf(tokens, size, form, end) };
}

function oneOf(header: Header, key: string, allowed: string[], end: number): string {
  const found = header.get(key);
  if (!found) throw new TsplibError(end, 1, `${key} is missing`);
  const value = found.value.split(/\s/)[0]!;
  if (allowed.includes(value)) return value;
  throw new TsplibError(found.line, found.column, `${key} is "${found.value}"; ${allowed.join(', ')} can be read`);
}

function sizeOf(header: Header, largest: number, end: number): number {
  const found = header.get('DIMENSION');
  if (!found) throw new TsplibError(end, 1, 'DIMENSION is missing');
  const size = /^\d{1,9}$/.test(found.value) ? Number(found.value) : 0;
  if (size >= 1 && size <= largest) return size;
  throw new TsplibError(
    found.line,
    found.column,
    `DIMENSION is "${found.value}"; a number from 1 to ${largest} is needed`,
  );
}

function numberOf({ text, line, column }: Token): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new TsplibError(line, column, `"${text}" is not a number`);
  return value;
}

function coordinatesOf(tokens: Token[], size: number, hasDepth: boolean, end: number): Coordinates {
  const width = hasDepth ? 4 : 3;
  // A flat type may stand beside three coordinates; the third is then not used.
  const given = !hasDepth && tokens.length === 4 * size && tokens[3]!.line === tokens[0]!.line ? 4 : width;
  checkCount(tokens, size * given, `${size} points with ${given - 1} coordinates`, end);
  const coordinates = { x: new Float64Array(size), y: new Float64Array(size), z: new Float64Array(size) };
  const isRead = new Uint8Array(size);
  for (let at = 0; at < tokens.length; at += given) {
    const { text, line, column } = tokens[at]!;
    const point = /^\d{1,9}$/.test(text) ? Number(text) - 1 : -1;
    if (point < 0 || point >= size)
      throw new TsplibError(line, column, `"${text}" is no point; they are numbered from 1 to ${size}`);
    if (isRead[point]) throw new TsplibError(line, column, `point ${text} comes twice`);
    isRead[point] = 1;
    coordinates.x[point] = numberOf(tokens[at + 1]!);
    coordinates.y[point] = numberOf(tokens[at + 2]!);
    if (hasDepth) coordinates.z[point] = numberOf(tokens[at + 3]!);
  }
  return coordinates;
}

function checkCount(tokens: Token[], wanted: number, what: string, end: number): void {
  if (tokens.length === wanted) return;
  const { line, column } = tokens.length > wanted ? tokens[wanted]! : { line: tokens.at(-1)?.line ?? end, column: 1 };
  const says = tokens.length > wanted ? 'too many' : 'too few';
  throw new TsplibError(line, column, `${says} numbers: ${what} are ${wanted}, there are ${tokens.length}`);
}

const FORMS = ['FULL_MATRIX'].concat(
  ...['UPPER', 'LOWER'].map((side) => ['ROW', 'COL', 'DIAG_ROW', 'DIAG_COL'].map((form) => `${side}_${form}`)),
);

/** The matrix, whichever half of it is written; a half by columns is the other half by rows. */
function matrixOf(tokens: Token[], size: number, form: string, end: number): Float64Array {
  const isFull = form === 'FULL_MATRIX';
  const diagonal = form.includes('DIAG') ? 1 : 0;
  const isUpper = form.startsWith('UPPER') === form.endsWith('ROW');
  const wanted = isFull ? size * size : (size * (size - 1)) / 2 + diagonal * size;
  checkCount(tokens, wanted, `${form} of ${size} points`, end);
  const matrix = new Float64Array(size * size);
  let at = 0;
  for (let row = 0; row < size; row++) {
    const first = isFull || !isUpper ? 0 : row + 1 - diagonal;
    const last = isFull || isUpper ? size : row + diagonal;
    for (let column = first; column < last; column++) {
      const token = tokens[at++]!;
      const distance = numberOf(token);
      if (distance < 0) throw new TsplibError(token.line, token.column, `the distance ${token.text} is negative`);
      matrix[row * size + column] = distance;
      if (!isFull) matrix[column * size + row] = distance;
    }
  }
  return matrix;
}
