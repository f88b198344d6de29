import { fitPairs, labelledPairs, pairProbability } from './duplicates/near_duplicates.ts';
import { classify, type Example, starterExamples, trainRouter } from './index.ts';
import { naiveBayes } from './naive_bayes.ts';
import { crossValidate, zhengwuFile } from './zhengwu.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit?: string; note?: string };
const BAYES = 'theirs: multinomial naive Bayes on the same features';

/** Quality and speed on real messages where they are at hand, the starter model and near-duplicates, beside the plain ways. */
export async function rows(progress: (text: string) => void = () => {}): Promise<Row[]> {
  const found: Row[] = [];
  for (const [file, column, what, goal] of [
    ['segmented.csv', 'segmented_text', 'texts', 0.93],
    ['titles.csv', 'title', 'titles', 0.89],
  ] as const) {
    if (!zhengwuFile(file)) continue;
    progress(`text_router: ${what}`);
    found.push(...messages(file, column, what, goal));
  }
  return [...found, starter(), ...duplicates()];
}

function messages(file: string, column: string, what: string, goal: number): Row[] {
  const ours = crossValidate(file, column);
  const theirs = crossValidate(file, column, { train: naiveBayes });
  const row = (name: string, ours: number, theirs: number | null, unit: string | undefined, wanted: string): Row => {
    return {
      name: `text_router: ${what}, ${name}`,
      ours,
      theirs,
      ratio: theirs ? ours / theirs : null,
      unit,
      note: `goal ${wanted}${theirs ? `; ${BAYES}` : ''}`,
    };
  };
  return [
    row('macro F1', ours.macro_f1, theirs.macro_f1, undefined, `≥ ${goal.toFixed(3)}`),
    row('among the first three', ours.top3, theirs.top3, undefined, '≥ 0.995'),
    row('automatic precision', ours.auto.precision ?? 0, null, undefined, '≥ 0.97; threshold from training folds'),
    row('automatic coverage', ours.auto.coverage, null, undefined, '≥ 0.85; share of messages routed without a person'),
    row('training, median of four folds', ours.train_ms, theirs.train_ms, 'ms', '< 20,000 ms; ours with calibration'),
    row('one message, 99 of 100', ours.p99_ms, theirs.p99_ms, 'ms', '< 5 ms'),
  ];
}

/** Starter phrases left out in turn: ten parts, so that each is judged by a model that had not read it. */
function starter(): Row {
  const examples = starterExamples();
  const share = (train: (examples: Example[]) => (text: string) => string) => {
    let right = 0;
    for (let part = 0; part < 10; part++) {
      const answer = train(examples.filter((_, at) => at % 10 !== part));
      right += examples.filter(({ text, label }, at) => at % 10 === part && answer(text) === label).length;
    }
    return right / examples.length;
  };
  const ours = share((seen) => {
    const router = trainRouter(seen);
    return (text) => classify(router, text).suggestions[0]!.label;
  });
  const theirs = share((seen) => {
    const bayes = naiveBayes(seen);
    return (text) => bayes(text).suggestions[0]!.label;
  });
  return { name: 'text_router: starter phrases left out, right', ours, theirs, ratio: ours / theirs, note: BAYES };
}

function duplicates(): Row[] {
  const pairs = labelledPairs();
  const count = { found: 0, right: 0, wanted: 0 };
  for (let part = 0; part < 10; part++) {
    const model = fitPairs(pairs.filter((_, at) => at % 10 !== part));
    for (const pair of pairs.filter((_, at) => at % 10 === part)) {
      const isFound = pairProbability(model, pair) >= 0.5;
      if (isFound) count.found++;
      if (isFound && pair.is_same) count.right++;
      if (pair.is_same) count.wanted++;
    }
  }
  const near = pairs.filter(({ metres, hours }) => metres <= 50 && hours <= 14 * 24);
  const nearSame = near.filter(({ is_same }) => is_same).length;
  const row = (name: string, ours: number, theirs: number) => ({
    name: `text_router: near-duplicates, ${name}`,
    ours,
    theirs,
    ratio: ours / theirs,
    note: `${pairs.length} hard pairs, ten parts; theirs: all within 50 m and 14 days`,
  });
  return [
    row('precision', count.right / count.found, nearSame / near.length),
    row('recall', count.right / count.wanted, nearSame / count.wanted),
  ];
}
