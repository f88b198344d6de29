import { type GivenOpinion, mapOpinions } from './index.ts';

const PEOPLE = 10_000;
const STATEMENTS = 100;

/** 10,000 people in three camps who answered six of ten statements each, beside multiplying the matrix with itself alone. */
export async function rows(progress: (text: string) => void) {
  progress(`opinion_map: ${PEOPLE} people, ${STATEMENTS} statements …`);
  const opinions = someOpinions();
  let began = performance.now();
  const map = mapOpinions(opinions);
  const ours = performance.now() - began;
  if (map.groups.length !== 3) throw new Error(`${map.groups.length} groups were found where three were planted`);
  const dense = new Float64Array(PEOPLE * STATEMENTS).map((_, i) => (i % 7) - 3);
  began = performance.now();
  const product = new Float64Array(STATEMENTS * STATEMENTS);
  for (let i = 0; i < PEOPLE; i++)
    for (let j = 0; j < STATEMENTS; j++)
      for (let k = 0; k < STATEMENTS; k++)
        product[j * STATEMENTS + k]! += dense[i * STATEMENTS + j]! * dense[i * STATEMENTS + k]!;
  const theirs = performance.now() - began;
  const note = `goal < 2,000; ${opinions.length} opinions; theirs: the product of the matrix with itself alone`;
  return [{ name: 'opinion_map: 10,000 × 100', ours, theirs, ratio: ours / theirs, unit: 'ms', note }];
}

function someOpinions(): GivenOpinion[] {
  let turn = 7;
  const random = () => {
    turn = (Math.imul(turn, 1_664_525) + 1_013_904_223) >>> 0;
    return turn / 2 ** 32;
  };
  const stance = Array.from({ length: 3 }, () => Array.from({ length: STATEMENTS }, () => random()));
  const opinions: GivenOpinion[] = [];
  for (let p = 0; p < PEOPLE; p++)
    for (let s = 0; s < STATEMENTS; s++) {
      if (random() > 0.6) continue;
      const opinion = random() < 0.1 ? 0 : random() < 0.1 + 0.8 * stance[p % 3]![s]! ? 1 : -1;
      opinions.push({ participant: `p${p}`, statement: `s${s}`, opinion });
    }
  return opinions;
}
