/** How long what has ended or expired can still be renewed before it is deleted (Personal Information Protection Law, articles 19 and 47). */
export const KEPT_AFTER_END_DAYS = 30;

/** What erasure cannot take away, each with the ground on which it stays and for how long. */
export const KEPT = [
  { thing: 'file_reads', articles: ['54', '56'], years: 3 },
  { thing: 'consents', articles: ['14', '69'], years: 3 },
  { thing: 'requests', articles: ['13(3)', '47'], years: null },
  { thing: 'events', articles: ['51', '69'], years: null },
  { thing: 'tombstones', articles: ['47', '56'], years: null },
] as const;
export type KeptThing = (typeof KEPT)[number]['thing'];

/** What erasure takes away at once. */
export const TAKEN = [
  'name',
  'born_in_year',
  'contact_points',
  'ways_out',
  'homes',
  'care',
  'corrections',
  'proxies',
  'sign_in',
] as const;
