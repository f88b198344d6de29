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
