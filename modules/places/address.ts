import { pinyin } from 'pinyin-pro';

/** What somebody meant by loose words for a place: as much as could be read out of them. */
export type LooseAddress = { words: string; building?: string; unit?: number; door?: string };

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Chinese numerals up to 99 as digits: 十二 -> 12, 二十 -> 20, 三 -> 3, 五零一 -> 501. */
export function readNumber(text: string): string {
  if (/^\d+$/.test(text)) return String(Number(text));
  if (!text.includes('十')) return [...text].map((digit) => DIGITS[digit] ?? digit).join('');
  const [tens = '', ones = ''] = text.split('十');
  return String((tens ? (DIGITS[tens] ?? 1) : 1) * 10 + (ones ? (DIGITS[ones] ?? 0) : 0));
}

const NUMBER = '(\\d{1,4}|[零〇一二两三四五六七八九十]{1,4})';
const BUILDING = new RegExp(`${NUMBER}\\s*(?:号楼|栋|幢|座|号院|号|#|楼(?!道|梯|上|下))`);
const UNIT = new RegExp(`${NUMBER}\\s*(?:单元|门洞|单)`);
const DOOR = new RegExp(`${NUMBER}\\s*(?:室|房|户|号)?\\s*$`);
const DASHED = /(?:^|[^\d])(\d{1,4})\s*[-－—–/]\s*(\d{1,2})\s*[-－—–/]\s*(\d{2,4})\s*$/;
const DASHED_TWO = /(?:^|[^\d])(\d{1,4})\s*[-－—–/]\s*(\d{3,4})\s*$/;
const ENGLISH_BUILDING = /\b(?:building|bldg\.?|block|blk\.?)\s*#?(\d{1,4})/i;
const ENGLISH_UNIT = /\b(?:unit|entrance)\s*#?(\d{1,2})/i;
const ENGLISH_DOOR = /\b(?:room|rm\.?|apt\.?|flat|door)\s*#?(\d{2,4})|#(\d{2,4})\s*$/i;

/**
 * Reads “3栋2单元501”, “3-2-501”, “三号楼二单元”, “Bldg 3 Unit 2 #501” and the like; the rest are words (an estate, a
 * street, or the initials of their pinyin). Pure; linear in the text, which is cut at 100 characters.
 */
export function parseAddress(text: string): LooseAddress {
  let rest = text.normalize('NFKC').trim().slice(0, 100);
  const found: LooseAddress = { words: '' };
  const take = (pattern: RegExp): string[] | undefined => {
    const match = pattern.exec(rest);
    if (!match) return undefined;
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`.trim();
    return match.slice(1).filter((group) => group !== undefined);
  };
  const lead = (pattern: RegExp): string[] | undefined => {
    const match = pattern.exec(rest);
    if (!match) return undefined;
    // The character before the first number belongs to the words.
    const from = match.index + (/^\d/.test(match[0]) ? 0 : 1);
    rest = rest.slice(0, from).trim();
    return match.slice(1);
  };
  const dashed = lead(DASHED);
  if (dashed)
    return {
      words: tidy(rest),
      building: readNumber(dashed[0]!),
      unit: Number(dashed[1]),
      door: String(Number(dashed[2])),
    };
  const two = lead(DASHED_TWO);
  if (two) return { words: tidy(rest), building: readNumber(two[0]!), door: String(Number(two[1])) };
  const building = take(ENGLISH_BUILDING) ?? take(BUILDING);
  const unit = take(ENGLISH_UNIT) ?? take(UNIT);
  const door = take(ENGLISH_DOOR) ?? (building || unit ? take(DOOR) : undefined);
  if (building) found.building = readNumber(building[0]!);
  if (unit) found.unit = Number(readNumber(unit[0]!));
  if (door) found.door = readNumber(door[0]!);
  return { ...found, words: tidy(rest) };
}

function tidy(words: string): string {
  return words
    .replace(/[\s,，。、;；.#-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What a building is found by: its names and street in all languages, and the initials of their pinyin. */
export function searchKeyOf(names: (string | null | undefined)[]): string {
  const parts = new Set<string>();
  for (const name of names) {
    if (!name) continue;
    parts.add(name.normalize('NFKC').toLowerCase());
    const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' })
      .join('')
      .replace(/[^a-z0-9]/gi, '')
      .toLowerCase();
    const whole = pinyin(name, { toneType: 'none', type: 'array' })
      .join('')
      .replace(/[^a-z0-9]/gi, '')
      .toLowerCase();
    if (initials) parts.add(initials);
    if (whole) parts.add(whole);
  }
  return [...parts].join(' ');
}
