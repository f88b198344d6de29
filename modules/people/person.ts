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
};
