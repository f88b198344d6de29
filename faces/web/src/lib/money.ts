import { dateFormat, numberFormat } from '#platform/intl.ts';
import { formatYuan } from '#platform/money.ts';
import { locale, t } from './words.ts';

/** An amount to the fen with its currency: “¥1,200.00”. */
export function money(fen: number, currency = 'CNY'): string {
  const sign = fen < 0 ? '−' : '';
  const amount = formatYuan(Math.abs(fen));
  return currency === 'CNY' ? `${sign}${t('funds.yuan', { amount })}` : `${sign}${currency} ${amount}`;
}

/** An amount as a picture bears it: rounded to the yuan, in 万 for Chinese readers. */
export function shortMoney(fen: number): string {
  const yuan = fen / 100;
  const chinese = locale() === 'zh-CN' && Math.abs(yuan) >= 10_000;
  const format = numberFormat(locale(), { maximumFractionDigits: chinese ? (yuan < 100_000 ? 2 : 1) : 0 });
  return t('funds.yuan', {
    amount: chinese ? t('funds.ledger.myriad', { amount: format.format(yuan / 10_000) }) : format.format(yuan),
  });
}

/** A period as people say it: “2026”, “March 2026”. */
export function periodName(period: string): string {
  if (period.length === 4) return t('funds.ledger.year', { year: period });
  const [year, month] = period.split('-') as [string, string];
  return dateFormat(locale() === 'en' ? 'en-GB' : 'zh-CN', {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.UTC(Number(year), Number(month) - 1, 1));
}

/** A month without its year: “3月”, “Mar”. */
export const monthName = (month: string): string =>
  dateFormat(locale(), { month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

/** The filters of a list as its address bears them, and where its next page begins. */
export function queryOf(chosen: Record<string, string>, before?: string): string {
  const filled = Object.entries(chosen).filter((one) => one[1] !== '');
  return new URLSearchParams([...filled, ...(before ? [['before', before]] : [])]).toString();
}
