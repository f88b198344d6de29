import type pg from 'pg';
import { log } from './log.ts';

export type Listener = (subjects: string[]) => void;

/** Tells open pages that something changed. It carries names of things only ("request/…"), never their content. */
export type Live = {
  tell(communityId: string, subjects: string[]): void;
  /** Calls back for a community; returns the way to stop. */
  listen(communityId: string, listener: Listener): () => void;
  close(): Promise<void>;
};

const CHANNEL = 'yingmen_live';
const BATCH_MS = 100;
const BATCH_SUBJECTS = 100;

/**
 * Changes of this process go out every 100 ms in one NOTIFY, after commit: a NOTIFY inside each transaction would make
 * all commits queue behind one lock. What is lost when a process dies is only the nudge; pages also look by themselves.
 */
export async function openLive(pool: pg.Pool): Promise<Live> {
  const listeners = new Map<string, Set<Listener>>();
  const waiting = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | undefined;
  let client: pg.PoolClient | undefined;
  let closed = false;

  const flush = async () => {
    timer = undefined;
    const batch = [...waiting];
    waiting.clear();
    for (const [communityId, subjects] of batch) {
      const names = [...subjects].slice(0, BATCH_SUBJECTS);
      await pool.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify([communityId, names])]).catch(() => {});
    }
  };

  const connect = async () => {
    if (closed) return;
    try {
      const mine = await pool.connect();
      client = mine;
      mine.on('notification', (message) => {
        const [communityId, subjects] = JSON.parse(message.payload ?? '["",[]]') as [string, string[]];
        for (const listener of listeners.get(communityId) ?? []) listener(subjects);
      });
      // A connection may say more than once that it is lost; it is given back once.
      mine.on('error', () => {
        if (client !== mine) return;
        client = undefined;
        mine.release(true);
        setTimeout(connect, 1000).unref();
      });
      await mine.query(`listen ${CHANNEL}`);
    } catch (error) {
      log.warn({ error: String(error) }, 'live updates wait for the database');
      setTimeout(connect, 1000).unref();
    }
  };
  await connect();

  return {
    tell(communityId, subjects) {
      if (subjects.length === 0) return;
      const set = waiting.get(communityId) ?? new Set();
      for (const subject of subjects) set.add(subject);
      waiting.set(communityId, set);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    listen(communityId, listener) {
      const set = listeners.get(communityId) ?? new Set();
      set.add(listener);
      listeners.set(communityId, set);
      return () => set.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await flush();
      const mine = client;
      client = undefined;
      mine?.release(true);
    },
  };
}

/** For commands on the command line and in the seed, where nobody listens. */
export const noLive: Live = { tell: () => {}, listen: () => () => {}, close: async () => {} };
