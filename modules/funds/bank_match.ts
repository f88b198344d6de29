import { daysBetween } from '#platform/clock.ts';
import type { BankEntry } from './bank_format.ts';

/** A transfer that may be what a line of the bank says; `amount_fen` as the bank sees it. */
export type Candidate = {
  transfer_id: string;
  amount_fen: number;
  effective_on: string;
  /** Who gave or was paid, as far as it is known. */
  name: string | null;
  /** What a reference could say: a receipt number, a purpose. */
  words: string[];
  /** True when the spending was asked for from this very line. */
  was_asked_from_line: boolean;
};
export type Reason =
  | { code: 'same_amount' }
  | { code: 'sum_of'; count: number }
  | { code: 'days_apart'; days: number }
  | { code: 'name_like'; name: string }
  | { code: 'reference'; word: string }
  | { code: 'asked_from_line' };
export type MatchProposal = { transfer_ids: string[]; score: number; reasons: Reason[] };

/** Banks book later than people write, over a long holiday too. */
export const WINDOW_DAYS = 12;
const SHOWN = 3;

type Line = Pick<BankEntry, 'booked_on' | 'amount_fen' | 'name' | 'reference' | 'note'>;

/**
 * What a line of the bank may be, the likeliest first, each with its reasons: the same amount on the same account always,
 * then how near the days are, whether a reference names it and whether the names are alike. Where no single one has the
 * amount, the transfers of one day that together have it (a platform pays a day's gifts out at once). Pure.
 */
export function proposeMatches(line: Line, candidates: readonly Candidate[]): MatchProposal[] {
  const near = candidates.filter(
    (one) => one.was_asked_from_line || Math.abs(daysBetween(line.booked_on, one.effective_on)) <= WINDOW_DAYS,
  );
  const single = near.filter((one) => one.amount_fen === line.amount_fen).map((one) => scored(line, one));
  const proposals = single.length > 0 ? single : sumsOfDays(line, near);
  return proposals
    .sort((a, b) => b.score - a.score || (a.transfer_ids[0]! < b.transfer_ids[0]! ? -1 : 1))
    .slice(0, SHOWN);
}

function scored(line: Line, one: Candidate): MatchProposal {
  const reasons: Reason[] = [{ code: 'same_amount' }];
  let score = 50;
  const days = Math.abs(daysBetween(line.booked_on, one.effective_on));
  reasons.push({ code: 'days_apart', days });
  score += days === 0 ? 30 : days <= 3 ? 20 : 5;
  const likeness = one.name ? nameLikeness(line.name, one.name) : 0;
  if (likeness >= 0.5) {
    reasons.push({ code: 'name_like', name: one.name! });
    score += Math.round(30 * likeness);
  }
  const word = one.words.find((each) => saysSo(line, each));
  if (word) {
    reasons.push({ code: 'reference', word });
    score += 40;
  }
  if (one.was_asked_from_line) {
    reasons.push({ code: 'asked_from_line' });
    score += 60;
  }
  return { transfer_ids: [one.transfer_id], score, reasons };
}

function sumsOfDays(line: Line, near: readonly Candidate[]): MatchProposal[] {
  const sameWay = near.filter((one) => Math.sign(one.amount_fen) === Math.sign(line.amount_fen));
  const days = Map.groupBy(sameWay, (one) => one.effective_on);
  return [...days].flatMap(([day, all]) => {
    const sum = all.reduce((total, one) => total + one.amount_fen, 0);
    if (all.length < 2 || sum !== line.amount_fen) return [];
    const apart = Math.abs(daysBetween(line.booked_on, day));
    const reasons: Reason[] = [
      { code: 'sum_of', count: all.length },
      { code: 'days_apart', days: apart },
    ];
    return [{ transfer_ids: all.map((one) => one.transfer_id), score: 40 + (apart <= 3 ? 20 : 5), reasons }];
  });
}

/** A reference or a note that has the word in it; short words would be found by chance. */
function saysSo(line: Line, word: string): boolean {
  const wanted = squeezed(word);
  return wanted.length >= 4 && [line.reference, line.note].some((text) => squeezed(text).includes(wanted));
}

const squeezed = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '');

/**
 * How alike two names are, 0 to 1: the same letters in pairs (Dice's coefficient), where a star of a masked name (王*明) stands
 * for any one letter. Pure.
 */
export function nameLikeness(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s().·,-]/g, ''),
  ]) as [string[], string[]];
  if (a.length === 0 || b.length === 0) return 0;
  const isStar = (letter: string) => letter === '*' || letter === '某';
  if ([...a, ...b].some(isStar)) {
    const known = a.filter((letter, i) => !isStar(letter) && letter === b[i]).length;
    const fits = a.length === b.length && a.every((letter, i) => isStar(letter) || isStar(b[i]!) || letter === b[i]);
    return fits && known > 0 ? 0.8 : 0;
  }
  if (a.join('') === b.join('')) return 1;
  const pairs = (letters: string[]) => letters.slice(1).map((letter, i) => letters[i]! + letter);
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length + right.length === 0) return 0;
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * shared) / (left.length + right.length);
}
