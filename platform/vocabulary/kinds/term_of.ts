import type { TermData, TermKind } from '../term.ts';

/** One term of the default pack: its names and what it means, first in Chinese, then in English. */
export function termOf(
  code: string,
  names: [chinese: string, english: string],
  descriptions: [chinese: string, english: string],
  more: { is_ours: boolean; data?: TermData },
): TermKind['terms'][number] {
  return { code, names: both(names), descriptions: both(descriptions), ...more };
}

export function both([chinese, english]: [chinese: string, english: string]) {
  return { 'zh-CN': chinese, en: english };
}
