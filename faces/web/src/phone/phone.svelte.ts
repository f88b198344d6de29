import { call, type Line } from './call.ts';
import { newId } from './ids.ts';
import { keepPage } from './keep_page.ts';
import { contact, Queue, reportWiped } from './queue.ts';
import type { Door, Draft, Pack } from './round.ts';
import { type CountRow, change, everything, type FileRow, type VisitState, wipe } from './store.ts';
import { isOpen, lock, open, readVault, seal, type Vault } from './vault.ts';

export type Visit = { id: string; state: VisitState; order: number; draft: Draft };
type Gate = 'loading' | 'new' | 'locked' | 'open' | 'wiped';

const DAY_MS = 86_400_000;
const SHOWN_EVERY_MS = 1000;
/** As long as a round (modules/visits/queries/pack_round.ts). */
const KEPT_DAYS = 3;

/** All that the pages of the phone show; what lies in the store is read once when it is opened, and written through. */
class Phone {
  gate = $state<Gate>('loading');
  line = $state<Line>('resting');
  packs = $state.raw<Pack[]>([]);
  visits = $state.raw<Visit[]>([]);
  files = $state.raw<FileRow[]>([]);
  counts = $state.raw<CountRow[]>([]);
  has_passkey = $state(false);
  /** False when a round was taken along and its page could not be: without a signal it would not open. */
  page_is_kept = $state(true);
  /** False where the browser clears its stores by itself when the phone runs out of room. */
  is_lasting = $state(true);
  said = $state('');
  /** So often something was begun to be written; of each form, which writing is on the disk. */
  #changes = 0;
  readonly #written = new Map<string, number>();
  #isShowing = false;
  readonly queue = new Queue(
    (line) => void this.#heard(line),
    () => void this.#show(),
  );

  async begin(): Promise<void> {
    await forgetOld();
    const vault = await readVault();
    this.has_passkey = Boolean(vault?.passkey);
    this.is_lasting = (await navigator.storage?.persisted?.()) !== false;
    this.gate = vault ? (isOpen() ? 'open' : 'locked') : 'new';
  }

  async enter(): Promise<void> {
    await this.read();
    this.has_passkey = Boolean((await readVault())?.passkey);
    this.gate = 'open';
    this.queue.wake();
  }

  async read(): Promise<void> {
    // One moment of the store, shown at once: what waits and what the server counts belong together.
    const changes = this.#changes;
    const rows = await everything();
    const packs = await Promise.all(rows.packs.map((row) => open<Pack>(row.id, row.sealed)));
    const visits = await Promise.all(
      rows.visits.map(async ({ id, state, order, sealed }) => ({
        id,
        state,
        order,
        draft: await open<Draft>(id, sealed),
      })),
    );
    // What was written while this was opened is not there yet: shown, a door just knocked at would be due again.
    if (changes !== this.#changes) return this.read();
    // Locked or wiped meanwhile, nothing of it is put back.
    if (!isOpen()) return;
    [this.packs, this.visits, this.files, this.counts] = [packs, visits, rows.files, rows.counts];
  }

  lock(): void {
    lock();
    [this.packs, this.visits, this.files] = [[], [], []];
    this.gate = 'locked';
  }

  async wipe(): Promise<void> {
    const vault = await readVault();
    lock();
    await wipe();
    // Whoever ordered it sees that it is done; without a signal it is done all the same.
    if (vault) void reportWiped(vault.phone_id).catch(() => {});
    [this.packs, this.visits, this.files, this.counts] = [[], [], [], []];
    this.gate = 'wiped';
  }

  /** Takes a round along: everything it needs, sealed, until its day is over. */
  async takeAlong(round_id: string): Promise<void> {
    await contact();
    const answer = await call(`/sync/rounds/${round_id}`);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const { words: _words, locale: _locale, ...pack } = answer.body as Pack & Record<string, unknown>;
    const sealed = await seal(round_id, pack);
    const { visited, doors } = pack.round;
    await change(({ put }) => {
      put('packs', { id: round_id, expires_at: Date.parse(pack.expires_at), sealed });
      put('counts', { id: round_id, visited, doors, at: Date.parse(pack.server_at) });
    });
    this.is_lasting = (await navigator.storage?.persist?.()) !== false;
    this.page_is_kept = await keepPage();
    await this.read();
  }

  async saveOrder(round_id: string, doors: Door[]): Promise<void> {
    const pack = { ...this.packs.find((one) => one.round.id === round_id)!, doors };
    const sealed = await seal(round_id, pack);
    await change(({ put }) => put('packs', { id: round_id, expires_at: Date.parse(pack.expires_at), sealed }));
    this.packs = this.packs.map((one) => (one.round.id === round_id ? pack : one));
  }

  /** The open form of a door, or a new one. */
  draftFor(round_id: string, door: Door): Draft {
    const found = this.visits.find(
      ({ state, draft }) =>
        (state === 'open' || state === 'refused') &&
        draft.round_id === round_id &&
        draft.household_id === door.household_id,
    );
    if (found) return structuredClone(found.draft);
    const { packed_at } = this.packs.find((one) => one.round.id === round_id)!;
    return {
      ...{ id: newId(), round_id, household_id: door.household_id, occasion: door.occasion, packed_at },
      ...{ seen: [], asked: [], needs: [], photos: [], letter_delivered: false, reply_brought_back: false },
    };
  }

  /** Writes a form as far as it has got. */
  async saveDraft(draft: Draft): Promise<void> {
    const turn = ++this.#changes;
    const sealed = await seal(draft.id, draft);
    await change(async ({ get, put }) => {
      const { state = 'open', order = 0 } = (await get('visits', draft.id)) ?? {};
      // What was finished in the meantime is not opened again by a field that was saved late, and of two fields that
      // were typed quickly the one that was sealed later may be the older.
      if (state === 'waiting' || state === 'accepted' || (this.#written.get(draft.id) ?? 0) > turn) return;
      this.#written.set(draft.id, turn);
      put('visits', { id: draft.id, state, order, sealed });
      this.#put({ id: draft.id, state, order, draft });
    });
  }

  /** Finishes a visit: from here on it waits for the server and is never changed. Its number is the phone's next. */
  async finish(draft: Draft): Promise<void> {
    const vault = (await readVault())!;
    const at = new Date().toISOString();
    const { refusal: _refusal, ...rest } = draft;
    const finished: Draft = { ...rest, device: { id: vault.phone_id, at, offset_seconds: vault.offset_seconds } };
    const before = this.visits.find((one) => one.id === draft.id);
    const sealed = await seal(draft.id, finished);
    let order = before?.order ?? 0;
    await change(async ({ get, put }) => {
      const now = (await get('seals', 'vault')) as Vault;
      // A visit that was mended keeps its number.
      if (order === 0) {
        order = now.order + 1;
        put('seals', { ...now, order });
      }
      put('visits', { id: draft.id, state: 'waiting', order, sealed });
    });
    this.#put({ id: draft.id, state: 'waiting', order, draft: finished });
    this.queue.wake();
  }

  /** Throws away a form, or a visit that was refused, with its files. */
  async throwAway(id: string): Promise<void> {
    const hashes = this.files.filter((file) => file.visit_id === id).map((file) => file.hash);
    await change(({ remove }) => {
      remove('visits', id);
      for (const hash of hashes) remove('files', hash);
    });
    await this.read();
  }

  #put(visit: Visit): void {
    this.#changes += 1;
    this.visits = [...this.visits.filter((one) => one.id !== visit.id), visit];
  }

  /** Shows how far sending has come, at most once a second: what the server holds is told before the last photo is there. */
  async #show(): Promise<void> {
    if (this.#isShowing) return;
    this.#isShowing = true;
    await new Promise((resolve) => setTimeout(resolve, SHOWN_EVERY_MS));
    this.#isShowing = false;
    if (isOpen()) await this.read();
  }

  async #heard(line: Line): Promise<void> {
    if (line === 'wiped') return this.wipe();
    if (line !== 'sending' && isOpen()) await this.read();
    this.line = line;
  }
}

/**
 * Takes off the phone what has had its time, without opening it: rounds by the server's clock, forms that nobody finished,
 * and what the server holds. What was finished and still waits stays, sealed, however wrong the phone's clock may be.
 */
async function forgetOld(): Promise<void> {
  const { packs, visits, files, seals } = await everything();
  const offset_seconds = (seals as Vault[]).find((one) => one.id === 'vault')?.offset_seconds ?? 0;
  const now = Date.now() + offset_seconds * 1000;
  await change(({ remove }) => {
    for (const { id, expires_at } of packs) if (expires_at < now) remove('packs', id);
    for (const { id, state } of visits) {
      const isHeld = state === 'accepted' && !files.some((file) => file.visit_id === id && file.state === 'waiting');
      if ((state !== 'open' && !isHeld) || madeAt(id) > Date.now() - KEPT_DAYS * DAY_MS) continue;
      remove('visits', id);
      for (const file of files) if (file.visit_id === id) remove('files', file.hash);
    }
  });
}

/** When an id was made, by the clock of the phone that made it (UUIDv7). */
const madeAt = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

export const phone = new Phone();
