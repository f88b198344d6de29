import { type Decided, learnFromDecided } from './category_model.ts';

// A process of its own: it learns once and ends, and its memory with it.
process.once('message', ({ decided, codes }: { decided: Decided[]; codes: string[] }) => {
  process.send!({ learnt: learnFromDecided(decided, codes) }, () => process.disconnect());
});
