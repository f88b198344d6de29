/** How a name is shown to people who need not know it: the surname and stars, or initials. */
export function maskName(name: string): string {
  const plain = name.trim();
  if (plain === '') return '—';
  if (/^\p{Script=Han}/u.test(plain)) {
    const characters = [...plain];
    return characters[0] + '*'.repeat(Math.max(1, characters.length - 1));
  }
  return plain
    .split(/\s+/)
    .map((word) => `${[...word][0]!.toUpperCase()}.`)
    .join(' ');
}

export function maskContact(kind: 'phone' | 'email', value: string): string {
  if (kind === 'phone') return `${'•'.repeat(Math.max(0, value.length - 4))}${value.slice(-4)}`;
  const [mailbox = '', host = ''] = value.split('@');
  return `${mailbox.slice(0, 1)}•••@${host}`;
}

/** A place for a sealed value: what it is bound to, so that it opens in its own row alone. */
export const sealedPlace = {
  name: (id: string) => `people/name/${id}`,
  contact: (id: string) => `contact_points/value/${id}`,
  correction: (id: string) => `corrections/proposed/${id}`,
  care_note: (id: string) => `care_circumstances/note/${id}`,
};

const CHINESE_MOBILE = /^1[3-9]\d{9}$/;
const PHONE = /^(?:\+|00)[1-9]\d{6,14}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** A contact point as it is kept: `+` and digits, or a lower-case mailbox; undefined when it is none. */
export function contactValue(kind: 'phone' | 'email', raw: string): string | undefined {
  const text = raw.normalize('NFKC').trim();
  if (kind === 'email') return EMAIL.test(text) ? text.toLowerCase() : undefined;
  const phone = text.replace(/[\s()-]/g, '');
  if (CHINESE_MOBILE.test(phone)) return `+86${phone}`;
  return PHONE.test(phone) ? phone.replace(/^00/, '+') : undefined;
}
