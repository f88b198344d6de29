import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { type Measured, measure } from './measure.ts';
import { type Classified, classify, type Example, trainRouter } from './router.ts';

type Fold = { train: Example[]; test: Example[] };
export type CrossValidated = Measured & { train_ms: number; p99_ms: number };

/** The path of a file of real messages lying beside the repository, for tests and benches only; null when it is absent. */
export function zhengwuFile(name: string): string | null {
  const path = fileURLToPath(new URL(`../../../shared/data/zhengwu/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** The folds of a file with the columns `column`, label and fold: each tested on what the others taught. */
export function readFolds(name: string, column: string, only?: string[]): Fold[] {
  const rows = parse(readFileSync(zhengwuFile(name)!), { columns: true, bom: true }) as Record<string, string>[];
  const example = (row: Record<string, string>) => ({ text: row[column]!, label: row.label! });
  const folds = [...new Set(rows.map((row) => row.fold!))].sort().filter((fold) => !only || only.includes(fold));
  return folds.map((fold) => ({
    train: rows.filter((row) => row.fold !== fold).map(example),
    test: rows.filter((row) => row.fold === fold).map(example),
  }));
}

type Train = (examples: Example[]) => (text: string) => Classified;
const trainOurs: Train = (examples) => {
  const router = trainRouter(examples);
  return (text) => classify(router, text);
};

/** Quality over all folds together; threshold and probabilities come from training folds alone. */
export function crossValidate(
  name: string,
  column: string,
  { folds, train: learn = trainOurs }: { folds?: string[]; train?: Train } = {},
): CrossValidated {
  const answers: { classified: Classified; label: string }[] = [];
  const trainTimes: number[] = [];
  const times: number[] = [];
  for (const { train, test } of readFolds(name, column, folds)) {
    let began = performance.now();
    const answer = learn(train);
    trainTimes.push(performance.now() - began);
    for (const { text, label } of test) {
      began = performance.now();
      const classified = answer(text);
      times.push(performance.now() - began);
      answers.push({ classified, label });
    }
  }
  const at = (list: number[], share: number) => list.sort((a, b) => a - b)[Math.floor(share * (list.length - 1))]!;
  return { ...measure(answers), train_ms: at(trainTimes, 0.5), p99_ms: at(times, 0.99) };
}
