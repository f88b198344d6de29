// What lies on the phone: IndexedDB, where every personal word is sealed (vault.ts). In the clear are only ids, the order
// of visits and how far each has come.

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

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
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
  return opened;
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
  const db = await database();
  const tx = db.transaction(Object.keys(KEYS), 'readwrite', { durability: 'strict' });
  const ended = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('aborted'));
  });
  try {
    await work({
      put: (store, row) => void tx.objectStore(store).put(row),
      remove: (store, key) => void tx.objectStore(store).delete(key),
      get: (store, key) => answerOf(tx.objectStore(store).get(key)),
    });
  } catch (error) {
    tx.abort();
    await ended.catch(() => {});
    throw error;
  }
  await ended;
}

export async function all<S extends StoreName>(store: S): Promise<Rows[S][]> {
  const db = await database();
  return answerOf(db.transaction(store).objectStore(store).getAll());
}

export async function one<S extends StoreName>(store: S, key: string): Promise<Rows[S] | undefined> {
  const db = await database();
  return answerOf(db.transaction(store).objectStore(store).get(key));
}

/** Everything as it stood at one moment. */
export async function everything(): Promise<{ [S in StoreName]: Rows[S][] }> {
  const tx = (await database()).transaction(Object.keys(KEYS));
  const names = Object.keys(KEYS) as StoreName[];
  const rows = await Promise.all(names.map((name) => answerOf(tx.objectStore(name).getAll())));
  return Object.fromEntries(names.map((name, i) => [name, rows[i]])) as { [S in StoreName]: Rows[S][] };
}

/** Takes everything off this phone. */
export async function wipe(): Promise<void> {
  forget();
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
