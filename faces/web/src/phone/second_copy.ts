// Everything that lies in the phone's store lies on the phone a second time, in files of its own (Cache Storage), each row
// a file: sealed there as it is here. A browser whose end tore a line of the store's journal goes on writing behind the
// tear, finds at its next start that the journal cannot be read, and takes the whole store away without a word (LevelDB with
// `reuse_logs`, as Chromium sets it). decisions/0013 says more.

/** Not named like the caches that service-worker.js keeps pages in, and takes away. */
export const COPY = 'yingmen-copy';
/** A row of a store, or only its key when it is gone. */
export type Copied = { store: string; key: string; row?: object };

const PREFIX = '/second-copy/';
const addressOf = ({ store, key }: Copied) => `${PREFIX}${store}/${encodeURIComponent(key)}`;

/**
 * The number of the file in which each row lies. A row that changes gets a file of the next number, and only then loses the
 * one before: a file that is written anew is neither the old nor the new one when its writing is cut off.
 */
let numbers: Promise<Map<string, number>> | undefined;

async function numbersIn(cache: Cache): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    const number = Number(search.slice(1));
    const other = found.get(pathname);
    found.set(pathname, Math.max(number, other ?? 0));
    if (other !== undefined) await cache.delete(`${pathname}?${Math.min(number, other)}`);
  }
  return found;
}

/** Resolves when every row is written or taken away. */
export async function writeCopy(rows: readonly Copied[]): Promise<void> {
  if (rows.length === 0) return;
  const cache = await caches.open(COPY);
  numbers ??= numbersIn(cache);
  const numberOf = await numbers.catch((error) => {
    numbers = undefined;
    throw error;
  });
  await Promise.all(
    rows.map(async (one) => {
      const address = addressOf(one);
      const before = numberOf.get(address);
      const next = (before ?? 0) + 1;
      if (one.row) {
        await cache.put(`${address}?${next}`, new Response(packed(one.row)));
        // Opened again, the file has been closed: before, its end may not be written.
        if (!(await cache.match(`${address}?${next}`))) throw new Error('the second copy was not written');
        numberOf.set(address, next);
      } else numberOf.delete(address);
      if (before !== undefined) await cache.delete(`${address}?${before}`);
    }),
  );
}

/** All rows, each as it was written last; a file that was cut off while it was written counts as none. */
export async function readCopy(): Promise<Required<Copied>[]> {
  if (!(await caches.has(COPY))) return [];
  const cache = await caches.open(COPY);
  numbers = numbersIn(cache);
  const rows = await Promise.all(
    [...(await numbers)].map(async ([address, number]) => {
      const [store, key] = address.slice(PREFIX.length).split('/').map(decodeURIComponent);
      const bytes = await (await cache.match(`${address}?${number}`))?.arrayBuffer().catch(() => undefined);
      const row = bytes && unpacked(bytes);
      return row ? [{ store: store!, key: key!, row }] : [];
    }),
  );
  return rows.flat();
}

export async function dropCopy(): Promise<void> {
  numbers = undefined;
  await caches.delete(COPY);
}

type Binary = { binary: 'buffer' | 'bytes'; at: number; length: number };
const isBinary = (value: unknown): value is Binary => typeof value === 'object' && value !== null && 'binary' in value;

/** A row as one file: the length of its JSON in 4 bytes, the JSON, and behind it what is bytes, in turn. */
export function packed(row: object): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const json = JSON.stringify(row, (_key, value: unknown) => {
    const isBytes = value instanceof Uint8Array;
    if (!isBytes && !(value instanceof ArrayBuffer)) return value;
    const bytes = isBytes ? (value as Uint8Array<ArrayBuffer>) : new Uint8Array(value);
    parts.push(bytes);
    at += bytes.byteLength;
    return { binary: isBytes ? 'bytes' : 'buffer', at: at - bytes.byteLength, length: bytes.byteLength };
  });
  const text = new TextEncoder().encode(json);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.byteLength);
  return new Blob([length, text, ...parts]);
}

/** The row of such a file; undefined when it is not whole. */
export function unpacked(file: ArrayBuffer): object | undefined {
  try {
    const begin = 4 + new DataView(file).getUint32(0);
    const text = new TextDecoder().decode(new Uint8Array(file, 4, begin - 4));
    return JSON.parse(text, (_key, value: unknown) => {
      if (!isBinary(value)) return value;
      const from = begin + value.at;
      if (from + value.length > file.byteLength) throw new RangeError('cut off');
      const bytes = file.slice(from, from + value.length);
      return value.binary === 'bytes' ? new Uint8Array(bytes) : bytes;
    }) as object;
  } catch {
    return undefined;
  }
}
