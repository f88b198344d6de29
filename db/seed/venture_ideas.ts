import type { Chance } from './chance.ts';
import { ESTATES } from './names.ts';
import { IDEAS, type Idea } from './venture_texts.ts';

export type PricedIdea = Idea;

/** So many ideas for a round, no title twice in it: beyond the first sixteen each belongs to an estate. */
export function ideasFor(count: number, round: number, chance: Chance): PricedIdea[] {
  return Array.from({ length: count }, (_, i) => {
    const one = IDEAS[(i + round * 5) % IDEAS.length]!;
    const estate = ESTATES[(Math.floor(i / IDEAS.length) * 11 + round * 17 + i) % ESTATES.length]!;
    const isEnglish = /^[A-Z]/.test(one.title);
    const title = isEnglish ? `${one.title}, ${estate.en}` : `${estate['zh-CN']}${one.title}`;
    const yuan = Math.round((one.yuan * (0.8 + chance.next() * 0.4)) / 100) * 100;
    return { ...one, yuan, title: count > IDEAS.length ? title : one.title };
  });
}

/** What one neighbour ticks: at most so many, those of the kinds they care for three times as likely. */
export function choose(ideas: readonly PricedIdea[], most: number, chance: Chance): number[] {
  const cares = chance.pick(ideas).category;
  const left = ideas.map((one, i) => ({ i, weight: one.liked * (one.category === cares ? 3 : 1) }));
  const chosen: number[] = [];
  const wanted = Math.min(ideas.length, 1 + chance.below(most));
  while (chosen.length < wanted) {
    let at = chance.next() * left.reduce((sum, one) => sum + one.weight, 0);
    const k = left.findIndex((one) => {
      at -= one.weight;
      return at < 0;
    });
    chosen.push(left.splice(k < 0 ? left.length - 1 : k, 1)[0]!.i);
  }
  return chosen;
}
