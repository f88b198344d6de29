const DIGITS = '零一二三四五六七八九';
const ENGLISH = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const NUMBER = '(\\d+|[零一二三四五六七八九十两]+)';

/** Kinds of numbers that name a place, in both languages; the first that fits wins. */
const KINDS: [kind: string, pattern: RegExp][] = [
  ['building', new RegExp(`${NUMBER}(?:号楼|栋|幢|号院|座)`)],
  ['building', /\b(?:building|block)\s+(\d+|[a-z]+)\b/],
  ['entrance', new RegExp(`${NUMBER}(?:单元|门洞)`)],
  ['entrance', /\bentrance\s+(\d+|[a-z]+)\b/],
  ['floor', new RegExp(`${NUMBER}(?:楼|层)`)],
  ['floor', /\bfloor\s+(\d+|[a-z]+)\b/],
  ['gate', new RegExp(`${NUMBER}号门`)],
  ['gate', /\bgate\s+(\d+)\b/],
  ['side', /([东南西北])(?:门|区|路口|侧|边)/],
  ['flat', /(?<![\d:.])(\d{3,4})(?![\d年元块点])/],
  ['flat', /\bflat\s+(\d+)\b/],
];

/** The numbers that name places in a text: building, entrance, floor, gate, flat, and the side a gate or crossing lies on. */
export function numbersOf(text: string): Map<string, string> {
  let rest = text.normalize('NFKC').toLowerCase();
  const found = new Map<string, string>();
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(rest);
    const value = match && numberNamed(match[1]!);
    if (!match || value === null || found.has(kind)) continue;
    found.set(kind, value);
    rest = rest.replace(match[0], ' ');
  }
  return found;
}

function numberNamed(text: string): string | null {
  if (/^\d+$/.test(text)) return String(Number(text));
  if (/^[东南西北]$/.test(text)) return text;
  const english = ENGLISH.indexOf(text);
  if (english >= 0) return String(english);
  if (/^[a-z]$/.test(text)) return text;
  if (/^[a-z]/.test(text)) return null;
  const plain = text.replaceAll('两', '二');
  const [tens, ones] = plain.includes('十') ? plain.split('十') : ['', plain];
  if (!plain.includes('十')) return String(Number([...plain].map((one) => DIGITS.indexOf(one)).join('')));
  return String((tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0));
}
