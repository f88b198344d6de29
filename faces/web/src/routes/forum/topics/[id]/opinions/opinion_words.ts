import { locale, t } from '#lib/words.ts';

const LETTERS = { 'zh-CN': ['甲', '乙', '丙', '丁', '戊'], en: ['A', 'B', 'C', 'D', 'E'] } as const;

/** Groups have letters, and each a colour and a dash of its own. */
export const letterOf = (group: number) => LETTERS[locale()][group] ?? String(group + 1);
export const nameOf = (group: number) => t('forum.opinions.group', { name: letterOf(group) });
export const COLOURS = ['--indigo', '--jade', '--amber', '--ink', '--soft'] as const;

/** A share in whole per cent: finer would say more than is known. */
export const wholePercent = (share: number) => `${Math.round(share * 100)}%`;
