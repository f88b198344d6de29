/**
 * Money is a whole number of fen (hundredths of a yuan) in a safe integer: up to 90 trillion yuan, and never a fraction.
 * The database keeps it as bigint.
 */
export type Fen = number;

/** The largest amount that one transfer moves: 10 trillion yuan, far below where numbers lose exactness. */
export const LARGEST_FEN = 1_000_000_000_000_000;

/** Reads an amount as people type it ("12", "12.5", "1,200.00", "￥12"), or null when it is not one. */
export function parseYuan(text: string): Fen | null {
  const found = /^[¥￥]?\s*(-?)(\d{1,3}(?:[,，]\d{3})*|\d+)(?:\.(\d{1,2}))?\s*元?$/.exec(text.normalize('NFKC').trim());
  if (!found) return null;
  const fen = Number(found[2]!.replace(/[,，]/g, '')) * 100 + Number((found[3] ?? '').padEnd(2, '0'));
  if (!Number.isSafeInteger(fen)) return null;
  return found[1] ? -fen : fen;
}

/** An amount with two decimals and thousands separators, without a currency sign. */
export function formatYuan(fen: Fen): string {
  const size = Math.abs(fen);
  const yuan = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${fen < 0 ? '-' : ''}${yuan}.${String(size % 100).padStart(2, '0')}`;
}

const FIGURES = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const HUNDRED_MILLION = 100_000_000;

/**
 * An amount in the capital figures of Chinese receipts, which cannot be altered by a stroke: 1,409.50 is 壹仟肆佰零玖元伍角整,
 * 6,007.14 is 陆仟零柒元壹角肆分. Not negative.
 * Source: 支付结算办法 (People's Bank of China, 1997), appendix 1.
 */
export function capitalYuan(fen: Fen): string {
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan > 0 ? `${capitalWhole(yuan)}元` : '';
  if (jiao === 0 && rest === 0) return `${whole || '零元'}整`;
  const small = jiao > 0 ? `${FIGURES[jiao]}角` : whole ? '零' : '';
  return whole + small + (rest > 0 ? `${FIGURES[rest]}分` : '整');
}

function capitalWhole(yuan: number): string {
  if (yuan >= HUNDRED_MILLION) {
    const low = yuan % HUNDRED_MILLION;
    const nought = low > 0 && low < HUNDRED_MILLION / 10 ? FIGURES[0] : '';
    return `${capitalWhole(Math.floor(yuan / HUNDRED_MILLION))}亿${nought}${low > 0 ? capitalWhole(low) : ''}`;
  }
  let text = '';
  let skipped = false;
  const digits = String(yuan);
  for (const [i, letter] of [...digits].entries()) {
    const place = digits.length - 1 - i;
    const digit = Number(letter);
    if (digit > 0) text += (skipped && text ? FIGURES[0] : '') + FIGURES[digit]! + PLACES[place % 4]!;
    skipped = digit === 0;
    if (place === 4) text += '万';
  }
  return text;
}
