import { refuse } from './refuse.ts';

const LARGEST = 4_000;

/**
 * Numbers of public lotteries in the one form of RFC 3797 section 4: sources separated by “/” as they were announced; in
 * each, its numbers in ascending order, each followed by a point. Where the order of digits counts, each digit is a source.
 */
export function canonicalNumbers(text: string): string {
  const plain = text.normalize('NFKC').trim();
  if (plain === '' || plain.length > LARGEST || /[^\d\s.,、;/-]/.test(plain))
    refuse(
      'numbers_invalid',
      'Numbers are written with spaces between them and a slash between lotteries: 3 9 17 / 8.',
    );
  const sources = plain.replace(/\/$/, '').split('/');
  return sources
    .map((source, i) => {
      const numbers = source.match(/\d+/g) ?? [];
      if (numbers.length === 0 || numbers.some((number) => number.length > 30))
        refuse('numbers_invalid', `Lottery ${i + 1} has no numbers, or one that is too long.`, { source: i + 1 });
      const sorted = numbers.map(BigInt).sort((a, b) => (a < b ? -1 : Number(a > b)));
      return `${sorted.join('.')}./`;
    })
    .join('');
}

/** The numbers when two people typed the same, whatever their spaces and order; else refused with the lottery that differs. */
export function agreeOnNumbers(first: string, second: string): string {
  const [one, other] = [canonicalNumbers(first), canonicalNumbers(second)];
  if (one === other) return one;
  const [these, those] = [one.split('/'), other.split('/')];
  const source = these.findIndex((numbers, i) => numbers !== those[i]) + 1;
  return refuse('numbers_differ', `The two did not type the same: lottery ${source} differs. Both look again.`, {
    source,
  });
}
