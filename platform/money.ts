/** Money is a whole number of fen (hundredths of a yuan) in a bigint; nothing is ever a fraction. */
export type Fen = bigint;

/** Reads an amount as people type it ("12", "12.5", "1,200.00", "￥12"), or null when it is not one. */
export function parseYuan(text: string): Fen | null {
  const found = /^[¥￥]?\s*(-?)(\d{1,3}(?:[,，]\d{3})*|\d+)(?:\.(\d{1,2}))?\s*元?$/.exec(text.normalize('NFKC').trim());
  if (!found) return null;
  const fen = BigInt(found[2]!.replace(/[,，]/g, '')) * 100n + BigInt((found[3] ?? '').padEnd(2, '0'));
  return found[1] ? -fen : fen;
}

/** An amount with two decimals and thousands separators, without a currency sign. */
export function formatYuan(fen: Fen): string {
  const size = fen < 0n ? -fen : fen;
  const yuan = (size / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${fen < 0n ? '-' : ''}${yuan}.${(size % 100n).toString().padStart(2, '0')}`;
}
