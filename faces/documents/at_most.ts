/** Carries out work so that no more than `most` goes on at once; what comes while so much does waits, in its order. */
export function atMost(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < most) running++;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      // Whoever waits longest takes the place over.
      const begin = waiting.shift();
      if (begin) begin();
      else running--;
    }
  };
}
