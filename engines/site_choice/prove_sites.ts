import { Worker } from 'node:worker_threads';
import { Choice } from './choice.ts';
import { type Chosen, chosenOf, type Effort, search } from './choose_sites.ts';
import { exactModelOf } from './exact_model.ts';
import type { Told } from './prove_worker.ts';
import { costsOf, type SiteProblem } from './site_problem.ts';

/** A model of more entries would take minutes before its first bound; the Lagrangian bound must do. */
const LARGEST_ENTRIES = 1_500_000;

/**
 * The sites of `chooseSites`, then the optimum or a better proven gap with HiGHS in a worker thread, among the sites that
 * reduced costs leave possible. `progress` gets every better answer and bound and may return false to stop; `signal` stops
 * too. Ends with the best known when `prove_milliseconds` are over. For Node alone. Throws SiteError (`sites_invalid`).
 */
export async function proveSites(
  problem: SiteProblem,
  effort: Effort,
  { prove_milliseconds, signal }: { prove_milliseconds: number; signal?: AbortSignal },
): Promise<Chosen> {
  const costs = costsOf(problem);
  const { chosen, lower } = search(costs, effort);
  if (chosen.gap === 0 || signal?.aborted || prove_milliseconds <= 0) return chosen;
  const isHopeless = lower.hopeless(chosen.cost + 1e-6 * (1 + chosen.cost));
  const allowed = Int32Array.from({ length: costs.sites }, (_, site) => site).filter((site) => !isHopeless[site]);
  if (allowed.length * costs.points > LARGEST_ENTRIES) return chosen;
  const model = exactModelOf(costs, allowed);
  const choice = new Choice(costs);
  let best = chosen;
  const take = ({ bound, sites, is_proven }: Told): boolean => {
    let open = best.sites;
    let cost = best.cost;
    if (sites?.length === costs.count) {
      choice.set(sites);
      if (choice.cost < cost) {
        open = choice.open;
        cost = choice.cost;
      }
    }
    const known = Number.isFinite(bound) ? Math.max(best.bound, Math.min(bound!, cost)) : best.bound;
    const next = chosenOf(open, cost, is_proven ? cost : known, costs.isWhole);
    const isNews = next.cost < best.cost || next.bound > best.bound;
    best = is_proven
      ? { ...next, bound: cost, gap: 0 }
      : isNews
        ? { ...next, bound: Math.max(next.bound, best.bound) }
        : best;
    return !isNews || effort.progress?.(best) !== false;
  };
  await runWorker({ model }, take, prove_milliseconds, signal);
  return best;
}

/** Runs until it is done, `take` says no, the time is over or the signal comes; a worker that fails proves nothing. */
function runWorker(
  workerData: unknown,
  take: (told: Told) => boolean,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./prove_worker.ts', import.meta.url), { workerData });
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      void worker.terminate().then(() => resolve(), reject);
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
    worker.on('message', (told: Told) => {
      const goesOn = take(told);
      if (told.is_done || !goesOn) end();
    });
    worker.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
