import { type Copied, dropCopy, readCopy, writeCopy } from './second_copy.ts';

// What lies on the phone: IndexedDB, where every personal word is sealed (vault.ts). In the clear are only ids, the order
// of visits and how far each has come. What is said to be written is written twice (second_copy.ts).

export type VisitState = 'open' | 'waiting' | 'accepted' | 'refused';
export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
/** `order` is the phone's own count of what was finished on it. */
export type VisitRow = { id: string; state: VisitState; order: number; sealed: Sealed };
export type FileRow = {
  hash: string;
  visit_id: string;
  kind: 'photo' | 'voice';
  byte_count: number;
  state: 'waiting' | 'arrived' | 'refused';
  code?: string;
  sealed: Sealed | null;
};
export type PackRow = { id: string; expires_at: number; sealed: Sealed };
/** What the server last said about a round: the only figures that are shown as confirmed. */
export type CountRow = { id: string; visited: number; doors: number; at: number };
export type SealRow = { id: string; [key: string]: unknown };
type Rows = { visits: VisitRow; files: FileRow; packs: PackRow; counts: CountRow; seals: SealRow };
export type StoreName = keyof Rows;

export const DATABASE = 'yingmen-phone';
const KEYS: Record<StoreName, string> = { visits: 'id', files: 'hash', packs: 'id', counts: 'id', seals: 'id' };
const NAMES = Object.keys(KEYS) as StoreName[];
const keyOf = (store: StoreName, row: object) => (row as Record<string, string>)[KEYS[store]]!;

/** Of which rows the second copy may lag: written with each change, and made good when the store is opened. */
const LAGGING = 'copying';
type Lagging = SealRow & { id: typeof LAGGING; rows: Copied[] };

let opened: Promise<IDBDatabase> | undefined;
/** Rows that are written and not copied yet; one copy is made at a time, in the order of the changes. */
const uncopied = new Set<Copied>();
let copying: Promise<void> = Promise.resolve();

function database(): Promise<IDBDatabase> {
  opened ??= openStore().then(async (db) => {
    await bringIntoStep(db);
    return db;
  });
  return opened;
}

function openStore(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(KEYS)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      // Whoever signs out in another window takes the store away: it must not wait for this one, which begins again.
      request.result.onversionchange = () => {
        forget();
        location.reload();
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/** A store that the browser took away comes back from its second copy; one that is there makes good what that copy lacks. */
async function bringIntoStep(db: IDBDatabase): Promise<void> {
  const held = await everythingIn(db);
  if (!held.seals.some((row) => row.id === 'vault')) return bringBack(db);
  const rows: Copied[] = NAMES.flatMap((store) => held[store].map((row) => ({ store, key: keyOf(store, row), row })));
  const lagging = held.seals.find((row): row is Lagging => row.id === LAGGING)?.rows ?? rows;
  // Nobody waits for it: the next change does.
  void copyOf(
    lagging.map(({ store, key }) => rows.find((one) => one.store === store && one.key === key) ?? { store, key }),
  );
}

async function bringBack(db: IDBDatabase): Promise<void> {
  const copy = await readCopy().catch(() => []);
  const isWhole = copy.some(({ key }) => key === 'vault');
  // What is left of a copy that was being thrown away opens by no key that is still to be made.
  if (!isWhole) return dropCopy().catch(() => {});
  await write(db, ({ put }) => {
    for (const { store, row } of copy) put(store as StoreName, row as Rows[StoreName]);
  });
}

/** Copies behind what is being copied; a phone without room or a cache goes on without, and makes it good when the store is opened next. */
function copyOf(rows: readonly Copied[]): Promise<void> {
  for (const row of rows) uncopied.add(row);
  copying = copying
    .then(() => writeCopy(rows))
    .then(
      () => {
        for (const row of rows) uncopied.delete(row);
      },
      () => {},
    );
  return copying;
}

function forget(): void {
  void opened?.then((db) => db.close());
  opened = undefined;
}

type Changes = {
  put<S extends StoreName>(store: S, row: Rows[S]): void;
  remove(store: StoreName, key: string): void;
  get<S extends StoreName>(store: S, key: string): Promise<Rows[S] | undefined>;
};

/**
 * Writes all of it or nothing, and is done when it is on the disk. Inside, nothing but the store may be waited for: a
 * transaction of IndexedDB ends by itself as soon as nobody asks anything of it.
 */
export async function change(work: (changes: Changes) => Promise<void> | void): Promise<void> {
  await copyOf(await write(await database(), work));
}

/** Resolves with what was written and taken away. */
async function write(db: IDBDatabase, work: (changes: Changes) => Promise<void> | void): Promise<Copied[]> {
  const changed: Copied[] = [];
  const tx = db.transaction(NAMES, 'readwrite', { durability: 'strict' });
  const ended = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('aborted'));
  });
  try {
    await work({
      put: (store, row) => {
        tx.objectStore(store).put(row);
        changed.push({ store, key: keyOf(store, row), row });
      },
      remove: (store, key) => {
        tx.objectStore(store).delete(key);
        changed.push({ store, key });
      },
      get: (store, key) => answerOf(tx.objectStore(store).get(key)),
    });
    const rows = [...uncopied, ...changed].map(({ store, key }) => ({ store, key }));
    if (changed.length > 0) tx.objectStore('seals').put({ id: LAGGING, rows } satisfies Lagging);
  } catch (error) {
    tx.abort();
    await ended.catch(() => {});
    throw error;
  }
  await ended;
  return changed;
}

export async function all<S extends StoreName>(store: S): Promise<Rows[S][]> {
  const db = await database();
  return answerOf(db.transaction(store).objectStore(store).getAll());
}

export async function one<S extends StoreName>(store: S, key: string): Promise<Rows[S] | undefined> {
  const db = await database();
  return answerOf(db.transaction(store).objectStore(store).get(key));
}

type Everything = { [S in StoreName]: Rows[S][] };

/** Everything as it stood at one moment. */
export const everything = async (): Promise<Everything> => everythingIn(await database());

async function everythingIn(db: IDBDatabase): Promise<Everything> {
  const tx = db.transaction(NAMES);
  const rows = await Promise.all(NAMES.map((name) => answerOf(tx.objectStore(name).getAll())));
  return Object.fromEntries(NAMES.map((name, i) => [name, rows[i]])) as Everything;
}

/** Takes everything off this phone. */
export async function wipe(): Promise<void> {
  await opened?.catch(() => {});
  forget();
  // First the copy: a store that is cut off here is wiped anew, one without a store would come back.
  await copying;
  await dropCopy().catch(() => {});
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
