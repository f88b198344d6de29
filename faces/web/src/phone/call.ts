/** How sending stands: with the server, without a signal, or held up until its holder does something. */
export type Line = 'resting' | 'sending' | 'no_signal' | 'sign_in' | 'other_person' | 'wiped';
export type Answered = { ok: boolean; status: number; headers: Headers; body: unknown };

const PATIENCE_MS = 60_000;
/** How often one request is sent before the way counts as closed, and about how long until the second time. */
const TRIES = 4;
const TRY_AGAIN_MS = 150;

export class Held extends Error {
  readonly line: Line;
  constructor(line: Line) {
    super(line);
    this.line = line;
  }
}

/**
 * Asks the server and waits for the whole answer. What is lost on a bad way is sent again at once, for every request of a
 * phone may arrive twice; whatever is not an answer of ours counts as no signal.
 */
export async function call(path: string, how: RequestInit = {}): Promise<Answered> {
  const answer = await again(() => once(path, how));
  if (answer.status === 401) throw new Held('sign_in');
  if (answer.status === 429 || answer.status >= 500) throw new Error(`answered ${answer.status}`);
  return answer;
}

export const asJson = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

async function once(path: string, how: RequestInit): Promise<Answered> {
  const answer = await fetch(path, { ...how, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  const { ok, status, headers } = answer;
  const text = await answer.text();
  const isOurs = /json/.test(headers.get('content-type') ?? '');
  if (ok && text && !isOurs) throw new Error('not an answer of ours');
  return { ok, status, headers, body: isOurs ? JSON.parse(text) : undefined };
}

async function again(ask: () => Promise<Answered>): Promise<Answered> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES || !navigator.onLine || (error as Error).name === 'TimeoutError') throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS * 2 ** tries * (0.5 + Math.random() / 2)));
    }
  }
}
