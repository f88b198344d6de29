import { newId } from '#platform/ids.ts';

/** What somebody with every right in the database may do to a table. */
export type Tampered = {
  /** What names a row. */
  key: string;
  edits: string[];
  /** How much oftener than others it is picked. */
  weight?: number;
  /** A row that is put in is a copy but for this. */
  copy?: Record<string, unknown>;
  only?: string;
};

export const ID = { id: newId() };
export const sum = (...columns: string[]) => columns.map((one) => `${one} = ${one} + 1`).join(', ');
export const another = (column: string) => `${column} = '${newId()}'`;
