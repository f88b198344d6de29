import pg from 'pg';
import { newId } from '#platform/ids.ts';

export type Statement = { text: string; values: unknown[] };

/** The statements that one run sends to the database, in order. */
export async function record(run: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  recordedAt = Date.now();
  const original = pg.Client.prototype.query;
  const listening = function (this: pg.Client, ...args: unknown[]) {
    const query = args[0] as { text?: string; values?: unknown[] } | string;
    const text = typeof query === 'string' ? query : query.text;
    if (text && !text.includes('set_config'))
      statements.push({ text, values: (typeof query === 'string' ? (args[1] as unknown[]) : query.values) ?? [] });
    return (original as (...all: unknown[]) => unknown).apply(this, args);
  };
  (pg.Client.prototype as { query: unknown }).query = listening;
  try {
    await run();
  } finally {
    pg.Client.prototype.query = original;
  }
  return statements;
}

const UUID_V7 = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Ids within this of the recording were made by it. */
export const FRESH_MS = 5_000;
let recordedAt = 0;

/** Sends the statements again through the driver alone. Ids made by the recorded run are new ones each time, so rows stay unique. */
export async function replay(pool: pg.Pool, statements: Statement[]): Promise<void> {
  const ids = new Map<string, string>();
  const fresh = (id: string) => {
    if (Math.abs(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - recordedAt) > FRESH_MS) return id;
    if (!ids.has(id)) ids.set(id, newId());
    return ids.get(id)!;
  };
  const client = await pool.connect();
  try {
    for (const { text, values } of statements) {
      const renewed = values.map((value) => (typeof value === 'string' ? value.replace(UUID_V7, fresh) : value));
      await client.query(values.length > 0 ? { name: nameOf(text), text, values: renewed } : text);
    }
  } finally {
    client.release();
  }
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  if (!names.has(text)) names.set(text, `floor_${names.size}`);
  return names.get(text)!;
}
