export type Spotted = { kind: 'phone' | 'identity_number' | 'bank_card' | 'email'; from: number; to: number };

// Chinese mobile and landline numbers, resident identity numbers (18 characters, checked), long card numbers, e-mail.
const PATTERNS: { kind: Spotted['kind']; pattern: RegExp; holds?: (text: string) => boolean }[] = [
  {
    kind: 'identity_number',
    pattern: /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
    holds: isIdentityNumber,
  },
  { kind: 'bank_card', pattern: /(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/g, holds: passesLuhn },
  { kind: 'phone', pattern: /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g },
  { kind: 'phone', pattern: /(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g },
  { kind: 'email', pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g },
];

/** Finds personal numbers in what somebody wrote, so that they are masked before anything is published. */
export function spotPersonalData(text: string): Spotted[] {
  const found: Spotted[] = [];
  // Full-width digits are one character each, so offsets stay true after this normalisation.
  const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  for (const { kind, pattern, holds } of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      const isNew = !found.some((other) => from < other.to && to > other.from);
      if (isNew && (!holds || holds(match[0]))) found.push({ kind, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The text with every spotted number replaced by bullets of the same length, the last two characters kept. */
export function maskPersonalData(text: string): string {
  let masked = '';
  let done = 0;
  for (const { from, to } of spotPersonalData(text)) {
    masked += text.slice(done, from) + '•'.repeat(Math.max(0, to - from - 2)) + text.slice(to - 2, to);
    done = to;
  }
  return masked + text.slice(done);
}

/** GB 11643-1999: weights of the first 17 digits and the check character. */
function isIdentityNumber(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = i % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** How a contact is shown in lists: the last two characters of a number, the first and the host of an e-mail address. */
export function maskContact(contact: string): string {
  const [mailbox, host] = contact.split('@');
  if (host) return `${mailbox!.slice(0, 1)}•••@${host}`;
  const characters = [...contact];
  return '•'.repeat(Math.max(0, characters.length - 2)) + characters.slice(-2).join('');
}
