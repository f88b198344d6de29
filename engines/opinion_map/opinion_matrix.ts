/** What somebody thinks of a statement: 1 agrees, −1 disagrees, 0 passes. */
export type Opinion = 1 | -1 | 0;
export type GivenOpinion = { participant: string; statement: string; opinion: Opinion };

/** Not asked yet, or not answered. */
export const UNSEEN = 2;

/** Participants by statements, both in the order of their ids; one byte an opinion. */
export type OpinionMatrix = {
  participants: readonly string[];
  statements: readonly string[];
  /** Row by row; 1, −1, 0 or UNSEEN. */
  values: Int8Array;
  /** How many opinions each participant gave. */
  given: Int32Array;
};

/**
 * The matrix of all opinions. The order they come in changes nothing; of two by one person on one statement the later
 * counts. Statements that nobody has an opinion on have a column when they are named. O(opinions + participants × statements).
 */
export function readOpinions(opinions: Iterable<GivenOpinion>, statements: Iterable<string> = []): OpinionMatrix {
  const all = [...opinions];
  const sorted = (ids: Iterable<string>) => [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const columns = sorted([...statements, ...all.map((one) => one.statement)]);
  const participants = sorted(all.map((one) => one.participant));
  const columnOf = new Map(columns.map((id, i) => [id, i]));
  const rowOf = new Map(participants.map((id, i) => [id, i]));
  const values = new Int8Array(participants.length * columns.length).fill(UNSEEN);
  for (const { participant, statement, opinion } of all)
    values[rowOf.get(participant)! * columns.length + columnOf.get(statement)!] = opinion;
  const given = new Int32Array(participants.length);
  for (let at = 0; at < values.length; at++) if (values[at] !== UNSEEN) given[Math.floor(at / columns.length)]!++;
  return { participants, statements: columns, values, given };
}

/** The rows of some participants alone, in the same order. */
export function rowsOf(matrix: OpinionMatrix, rows: readonly number[]): OpinionMatrix {
  const width = matrix.statements.length;
  const values = new Int8Array(rows.length * width);
  for (const [i, row] of rows.entries()) values.set(matrix.values.subarray(row * width, (row + 1) * width), i * width);
  return {
    participants: rows.map((row) => matrix.participants[row]!),
    statements: matrix.statements,
    values,
    given: Int32Array.from(rows, (row) => matrix.given[row]!),
  };
}
