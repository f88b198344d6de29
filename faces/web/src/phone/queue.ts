import { asJson, call, Held, type Line } from './call.ts';
import { sendFiles } from './files.ts';
import { type Draft, wireOf } from './round.ts';
import { all, type CountRow, change, type VisitRow } from './store.ts';
import { isOpen, open, readVault, seal, type Vault } from './vault.ts';

const BATCH = 20;
const FIRST_WAIT_MS = 400;
/** While something waits, the server hears of it within so long of the signal's return, though no browser says it is back. */
const LONGEST_WAIT_MS = 15_000;
const IDLE_MS = 60_000;
type Contact = {
  person_id: string;
  server_at: string;
  wipe: boolean;
  rounds: { id: string; visited: number; doors: number }[];
};
type Answer = { id: string | null; state: 'accepted' | 'refused'; code?: string; sentences?: string[] } & Partial<
  NonNullable<Draft['accepted']>
>;

/** Tells the server that this phone is there, and learns the time, the counts, and whether to wipe. */
export async function contact(): Promise<Contact> {
  const vault = await readVault();
  const answer = await call('/sync/contact', asJson({ phone_id: vault?.phone_id }));
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const told = answer.body as Contact;
  if (told.wipe) throw new Held('wiped');
  if (!vault) return told;
  if (vault.person_id !== told.person_id) throw new Held('other_person');
  const offset_seconds = Math.round((Date.parse(told.server_at) - Date.now()) / 1000);
  await change(async ({ get, put }) => {
    put('seals', { ...((await get('seals', 'vault')) as Vault), offset_seconds });
    for (const row of countsOf(told)) put('counts', row);
  });
  return told;
}

export const reportWiped = (phone_id: string) => call('/sync/contact', asJson({ phone_id, is_wiped: true }));

const countsOf = ({ rounds, server_at }: Pick<Contact, 'rounds' | 'server_at'>): CountRow[] =>
  rounds.map(({ id, visited, doors }) => ({ id, visited, doors, at: Date.parse(server_at) }));

/**
 * Sends what waits, visits first and in the order they were finished, so that needs are heard before pictures are seen.
 * A reply that was lost costs nothing: the same visit under the same id gets the first answer again.
 */
export async function sendAll(progress: () => void): Promise<void> {
  await contact();
  progress();
  for (let batch = BATCH; ; ) {
    const waiting = (await all('visits')).filter((row) => row.state === 'waiting').sort((a, b) => a.order - b.order);
    if (waiting.length === 0 || !isOpen()) break;
    batch = await sendVisits(waiting.slice(0, batch));
    progress();
  }
  await sendFiles(progress);
}

async function sendVisits(rows: VisitRow[]): Promise<number> {
  const drafts = await Promise.all(rows.map((row) => open<Draft>(row.id, row.sealed)));
  const visits = drafts.map((draft, i) => wireOf(draft, rows[i]!.order));
  const answer = await call('/sync/visits', asJson({ visits }));
  if (answer.status === 413 && rows.length > 1) return Math.ceil(rows.length / 2);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { answers, ...told } = answer.body as { answers: Answer[] } & Pick<Contact, 'rounds' | 'server_at'>;
  const written = await Promise.all(rows.map((row, i) => answered(row, drafts[i]!, answers[i]!)));
  // What became of the visits and what the server now counts are written at once: the two are never told apart.
  await change(({ put }) => {
    for (const row of written) put('visits', row);
    for (const row of countsOf(told)) put('counts', row);
  });
  return BATCH;
}

/** Of an accepted visit only what the list shows stays on the phone; a refused one stays whole, with the reason. */
async function answered(row: VisitRow, draft: Draft, answer: Answer): Promise<VisitRow> {
  if (answer.state === 'refused') {
    const refusal = { code: answer.code ?? 'unknown', sentences: answer.sentences ?? [] };
    return { ...row, state: 'refused', sealed: await seal(row.id, { ...draft, refusal }) };
  }
  const { requests = [], conflicts = [], clock_is_skewed = false } = answer;
  const { id, round_id, household_id, occasion, outcome, packed_at } = draft;
  const kept: Draft = {
    ...{ id, round_id, household_id, occasion, outcome, packed_at },
    ...{ seen: [], asked: [], needs: [], photos: [], letter_delivered: false, reply_brought_back: false },
    accepted: { requests, conflicts, clock_is_skewed },
  };
  return { ...row, state: 'accepted', sealed: await seal(row.id, kept) };
}

/** Waits twice as long after each failure, never the same for two phones: a server that comes back is not overrun. */
export function waitAfter(failures: number, random = Math.random): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10)) * (0.5 + random() / 2);
}

/** Sends for as long as the phone is open: at once when something new waits, later after a failure. */
export class Queue {
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  readonly #told: (line: Line) => void;
  readonly #progress: () => void;

  constructor(told: (line: Line) => void, progress: () => void) {
    this.#told = told;
    this.#progress = progress;
  }

  /** Something new waits, or the signal may be back: what failed before says nothing about now. */
  wake(): void {
    this.#failures = 0;
    this.#begin();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#send().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.#begin();
      }
    });
  }

  #later(wait_ms: number): void {
    this.#timer = setTimeout(() => this.#begin(), wait_ms);
  }

  async #send(): Promise<void> {
    if (!isOpen()) return;
    this.#told('sending');
    try {
      // Two windows of one phone would send the same twice: harmless, but one is enough.
      await navigator.locks.request('yingmen-queue', () =>
        sendAll(() => {
          // What got through says that the way is not closed: the next failure waits little again.
          this.#failures = 0;
          this.#progress();
        }),
      );
      this.#told('resting');
      this.#later(IDLE_MS);
    } catch (error) {
      if (error instanceof Held) return this.#told(error.line);
      if (!isOpen()) return;
      this.#failures += 1;
      this.#told('no_signal');
      this.#later(waitAfter(this.#failures));
    }
  }
}
