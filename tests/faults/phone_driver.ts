// Runs in the browser, on the page of the phone, before the phone's own script: it does by itself what the hand of a worker
// does, without end, and says to the journal (kill_journal.ts) what it is about to do and what the phone has told it is
// kept. It touches nothing but the page; of the store it reads only what lies there in the clear.

type Field = 'need' | 'note' | 'seen' | 'photos';
type Task = { round_id: string; seed: number; pin: string; at_rest: boolean; household_id?: string };

const WAYS = { need: '[data-need]', note: '#note' } as const;

const say = async (kind: string, told: object = {}): Promise<Task> =>
  (await fetch(`/trial/${kind}`, { method: 'POST', body: JSON.stringify(told) })).json();
const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);
const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

async function until<T>(what: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = what();
    if (found) return found;
    await pause();
  }
}

// Deriving the key of a PIN takes long on purpose, and says nothing about what is kept: here it takes no time.
const derive = crypto.subtle.deriveKey.bind(crypto.subtle);
crypto.subtle.deriveKey = ((how: Pbkdf2Params, ...rest: [CryptoKey, AesKeyGenParams, boolean, KeyUsage[]]) =>
  derive(how.name === 'PBKDF2' ? { ...how, iterations: 1 } : how, ...rest)) as typeof crypto.subtle.deriveKey;

// Under which id the phone writes a visit is seen as it writes it; what the server said of others is not of the hand.
let writing = { id: '', state: '' };
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (row, key) {
  if (this.name === 'visits' && (row.state === 'open' || row.state === 'waiting'))
    writing = { id: row.id, state: row.state };
  return put.call(this, row, key);
};

/** What of every visit and file lies in the clear: which there are, and how far they have come. */
async function inTheClear() {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('yingmen-phone');
    opening.onsuccess = () => resolve(opening.result);
  });
  const rows = (name: string) =>
    new Promise<{ id: string; visit_id: string; state: string; order: number }[]>((resolve) => {
      const asking = db.transaction(name).objectStore(name).getAll();
      asking.onsuccess = () => resolve(asking.result);
    });
  const [visits, files] = [await rows('visits'), await rows('files')];
  db.close();
  return {
    visits: visits.map(({ id, state, order }) => ({ id, state, order })),
    files: files.map(({ visit_id, state }) => ({ visit_id, state })),
  };
}

async function enter({ pin, round_id }: Task, isNew: boolean): Promise<void> {
  for (const field of isNew ? ['#pin', '#again'] : ['#pin']) type(find<HTMLInputElement>(field)!, pin);
  find('form button.first')!.click();
  await until(() => find('.phone-status'));
  location.hash = isNew ? `take/${round_id}` : round_id;
  await until(() => find('[data-counts]'));
}

function type(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const kept = () => Number(find('[data-kept]')?.dataset.kept ?? 0);

/** Changes one field: says so before, and once the phone says that it is written. */
async function change(field: Field, value: string, how: () => unknown, writings = 1): Promise<void> {
  await say('typing', { field, value });
  const before = kept();
  await how();
  await until(() => kept() >= before + writings);
  await say('kept', { field, value, id: writing.id });
}

const pictures = () => document.querySelectorAll('ul.photos li').length;
const ticked = () => document.querySelectorAll('.phone-chips input[type=checkbox]:checked').length;

async function photograph(random: () => number): Promise<void> {
  const canvas = new OffscreenCanvas(160, 120);
  const pen = canvas.getContext('2d')!;
  for (let i = 0; i < 30; i++) {
    pen.fillStyle = `hsl(${random() * 360} 80% 50%)`;
    pen.fillRect(random() * 160, random() * 120, 50, 50);
  }
  const files = new DataTransfer();
  files.items.add(new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'a.jpg', { type: 'image/jpeg' }));
  const input = find<HTMLInputElement>('input[type=file]')!;
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What stands in the form of a door that is open. */
function readForm() {
  const value = (selector: string) => find<HTMLInputElement>(selector)?.value ?? '';
  return { need: value(WAYS.need), note: value(WAYS.note), seen: String(ticked()), photos: String(pictures()) };
}

async function openDoor({ round_id }: Task, household_id: string): Promise<void> {
  location.hash = `${round_id}/${household_id}`;
  await until(() => find('[data-outcome=answered]'));
  // Pictures are opened one by one.
  await pause(10);
}

async function finish(button: HTMLElement, { round_id }: Task): Promise<void> {
  await say('finishing');
  button.click();
  await until(() => location.hash === `#${round_id}` && find('[data-counts]'));
  await say('finished', writing);
}

async function knock(task: Task, household_id: string, random: () => number): Promise<void> {
  await say('knock', { household_id });
  await openDoor(task, household_id);
  if (!find('[data-save]') && random() < 0.3) return finish(find('[data-outcome=nobody_home]')!, task);
  if (!find('[data-save]')) {
    find('[data-outcome=answered]')!.click();
    await until(() => kept() === 1);
  }
  await until(() => find('[data-need]'));
  const text = `楼道灯坏了 ${Math.floor(random() * 1e9)}`;
  for (const end of [5, 9, text.length])
    await change('need', text.slice(0, end), () => type(find<HTMLInputElement>(WAYS.need)!, text.slice(0, end)));
  if (random() < 0.5) {
    const box = find<HTMLInputElement>('.phone-chips input[type=checkbox]:not(:checked)')!;
    // A box says twice that it was ticked.
    await change('seen', String(ticked() + 1), () => box.click(), 2);
  }
  if (random() < 0.3) {
    const count = pictures() + 1;
    if (count <= 6) await change('photos', String(count), () => photograph(random));
  }
  if (random() < 0.4) await change('note', text, () => type(find<HTMLInputElement>(WAYS.note)!, text));
  await finish(find('[data-save]')!, task);
}

/** mulberry32, as in seeded.ts: what runs here is one file. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function work(): Promise<void> {
  await until(() => find('#pin'));
  const isNew = Boolean(find('#again'));
  const task = await say('begin', { is_new: isNew });
  await enter(task, isNew);
  const { household_id } = await say('found', await inTheClear());
  if (household_id) {
    await openDoor(task, household_id);
    await say('form', readForm());
  }
  const random = seeded(task.seed);
  if (household_id && !task.at_rest) await knock(task, household_id, random);
  while (!task.at_rest) {
    location.hash = task.round_id;
    const doors = await until(() => {
      const links = [...document.querySelectorAll<HTMLAnchorElement>('a.phone-door')];
      return links.length > 0 && links;
    });
    await knock(task, doors[Math.floor(random() * doors.length)]!.hash.split('/')[1]!, random);
  }
  // At rest everything is sent, and the phone says so.
  for (;;) {
    const { visits, files } = await inTheClear();
    const open = visits.filter((visit) => visit.state === 'open').map((visit) => visit.id);
    const isWaiting = (row: { state: string; visit_id?: string }) =>
      row.state === 'waiting' && !open.includes(row.visit_id ?? '');
    if (!visits.some(isWaiting) && !files.some(isWaiting)) break;
    await pause(50);
  }
  await say('at_rest', await inTheClear());
}

void work().catch((error: Error) => say('broken', { message: String(error.stack) }));

export {};
