import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A terminal and npm may both pass on one Ctrl-C; what comes this soon after the first is the same wish. */
const SAME_WISH_MS = 1_000;
const PARENT_LOOK_MS = 1_000;

/**
 * Resolves at the wish to end: Ctrl-C, SIGTERM, or the death of the npm that started us (killed, it cannot pass a signal
 * on, and would leave us holding the port). A second signal, later, ends the process at once.
 */
export function untilEndIsWished(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let wished_at: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (wished_at !== undefined && Date.now() - wished_at > SAME_WISH_MS) process.exit(1);
      wished_at ??= Date.now();
      resolve(signal);
    });
  }
  if (process.env.npm_lifecycle_event) {
    const ancestors = ancestorsNow();
    const look = setInterval(() => {
      if (ancestorsNow() === ancestors) return;
      clearInterval(look);
      wished_at ??= Date.now();
      resolve('parent');
    }, PARENT_LOOK_MS);
    look.unref();
  }
  return promise;
}

/** The shell that npm runs us in, and npm itself where the system tells it: both numbers change when one of them dies. */
function ancestorsNow(): string {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/** Waits for work to finish, at most `patience_ms`; true when it did. */
export async function finishes(work: Promise<unknown>, patience_ms: number): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(patience_ms, 'late', { signal: patience.signal }).catch(() => 'late');
  const first = await Promise.race([work, late]);
  patience.abort();
  return first !== 'late';
}
