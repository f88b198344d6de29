export type Timing = { per_second: number; p50: number; p99: number; count: number };

/** Runs something for some seconds by so many at once, or at a steady rate, after a second of warming up. */
export async function measure(
  run: (i: number) => Promise<unknown>,
  { concurrency, seconds, rate }: { concurrency: number; seconds: number; rate?: number },
): Promise<Timing> {
  await during(1, concurrency, rate, run);
  const times = await during(seconds, concurrency, rate, run);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { per_second: times.length / seconds, p50: at(0.5), p99: at(0.99), count: times.length };
}

let turn = 0;

async function during(
  seconds: number,
  concurrency: number,
  rate: number | undefined,
  run: (i: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  let started = 0;
  const worker = async () => {
    while (performance.now() < end) {
      // At a steady rate a slow answer counts from when it should have begun.
      const due = rate ? began + (started++ / rate) * 1000 : performance.now();
      if (due >= end) return;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await run(turn++);
      times.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times;
}
