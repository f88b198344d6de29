import { formatYuan } from '#platform/money.ts';
import { t } from './words.ts';

/** An amount with its sign, as a sentence has it. */
export const yuan = (fen: number): string =>
  `${fen < 0 ? '−' : ''}${t('funds.yuan', { amount: formatYuan(Math.abs(fen)) })}`;
