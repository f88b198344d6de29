/** An exact number `num / den` in lowest terms; `den` is above zero. */
export type Fraction = { readonly num: bigint; readonly den: bigint };

export const ZERO: Fraction = { num: 0n, den: 1n };

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function fraction(num: bigint, den: bigint = 1n): Fraction {
  if (den === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  const divisor = greatestCommonDivisor(num, den) * (den < 0n ? -1n : 1n);
  return { num: num / divisor, den: den / divisor };
}

export const add = (a: Fraction, b: Fraction) => fraction(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Fraction, b: Fraction) => fraction(a.num * b.den - b.num * a.den, a.den * b.den);
export const multiply = (a: Fraction, b: Fraction) => fraction(a.num * b.num, a.den * b.den);
export const divide = (a: Fraction, b: Fraction) => fraction(a.num * b.den, a.den * b.num);

/** Below zero, zero or above zero, as `a` is less than, equal to or more than `b`; exact. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Exponents beyond this are refused: nobody's money has so many digits, and a hostile one would fill the memory. */
const MOST_EXPONENT = 400;
const NUMBER = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads `12`, `12.50`, `1.25e3` or `5/4` exactly; null when the text is no number. */
export function readFraction(text: string): Fraction | null {
  const parts = text.trim().split('/');
  if (parts.length === 2) {
    const [above, below] = parts.map((part) => (/^[+-]?\d+$/.test(part) ? BigInt(part.replace('+', '')) : null));
    return above == null || !below ? null : fraction(above, below);
  }
  const found = NUMBER.exec(text.trim());
  if (!found) return null;
  const [, sign, digits = '', exponent = '0'] = found;
  const [whole = '', rest = ''] = digits.split('.');
  const power = Number(exponent) - rest.length;
  if (Math.abs(power) > MOST_EXPONENT) return null;
  const value = BigInt(whole + rest) * (sign === '-' ? -1n : 1n);
  return power >= 0 ? fraction(value * 10n ** BigInt(power)) : fraction(value, 10n ** BigInt(-power));
}

/** The decimal text when it ends (`12.5`), else `num/den`: nothing is rounded. */
export function textOf({ num, den }: Fraction): string {
  let [twos, fives, rest] = [0, 0, den];
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  if (rest !== 1n) return `${num}/${den}`;
  const digits = Math.max(twos, fives);
  return digits === 0 ? `${num}` : decimalOf({ num, den }, digits);
}

/** Rounded half away from zero to so many digits. */
export function decimalOf({ num, den }: Fraction, digits: number): string {
  const scaled = (num < 0n ? -num : num) * 10n ** BigInt(digits);
  const text = `${(2n * scaled + den) / (2n * den)}`.padStart(digits + 1, '0');
  const sign = num < 0n && /[1-9]/.test(text) ? '-' : '';
  return sign + (digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`);
}

/** A JSON number when a double holds the very same decimal, else its text. */
export function jsonOf(value: Fraction): number | string {
  const text = textOf(value);
  return String(Number(text)) === text ? Number(text) : text;
}

const KEPT_BITS = 64;

/** `num / den` as a double, within two units in the last place, however long the integers are. */
export function doubleOf(num: bigint, den: bigint): number {
  const [above, lowAbove] = leading(num);
  const [below, lowBelow] = leading(den);
  return (above / below) * 2 ** (lowAbove - lowBelow);
}

function leading(value: bigint): [top: number, dropped: number] {
  const bits = value.toString(16).length * 4;
  const dropped = Math.max(0, bits - KEPT_BITS);
  return [Number(value >> BigInt(dropped)), dropped];
}
