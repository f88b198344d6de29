import type pg from 'pg';

const BATCH = 4_000;

export type Row = Record<string, unknown>;

/** Inserts many rows of one shape in few statements. Buffers go as hex, objects as JSON. */
export async function insertRows(client: pg.ClientBase, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!)
    .map((name) => `"${name}"`)
    .join(', ');
  for (let i = 0; i < rows.length; i += BATCH) {
    const json = JSON.stringify(rows.slice(i, i + BATCH), (_key, value) =>
      value && value.type === 'Buffer' && Array.isArray(value.data)
        ? `\\x${Buffer.from(value.data).toString('hex')}`
        : value,
    );
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [json],
    );
  }
}
