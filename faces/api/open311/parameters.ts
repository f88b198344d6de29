import { Open311Error } from './errors.ts';

export type Parameters = Record<string, string>;

const LONGEST_SPAN_MS = 90 * 86_400_000;
const PAGE_SIZE = 50;
export const LARGEST_PAGE = 200;
const FURTHEST_ROW = 10_000;

// Repeated or with commas between, as the specification has them.
const LISTS = new Set(['service_code', 'status', 'service_request_id']);

/** One text a name; a repeated parameter counts by its first value, lists by all of theirs. An empty one was not sent. */
export function textsOf(raw: unknown): Parameters {
  const texts: Parameters = {};
  for (const [name, value] of Object.entries((raw ?? {}) as Record<string, unknown>)) {
    const first = Array.isArray(value) ? (LISTS.has(name) ? value.join(',') : value[0]) : value;
    if (typeof first === 'string' && first.trim() !== '') texts[name] = first.trim();
  }
  return texts;
}

/** `start_date` and `end_date` as W3C instants; without them the last ninety days, and never more than ninety. */
export function spanOf(texts: Parameters, now: Date): { from: Date; to: Date } {
  const to = texts.end_date ? instantOf(texts.end_date, 'end_date') : now;
  const from = texts.start_date ? instantOf(texts.start_date, 'start_date') : new Date(to.getTime() - LONGEST_SPAN_MS);
  if (from > to) throw new Open311Error(400, 'start_date must not be after end_date');
  if (!texts.end_date && to.getTime() - from.getTime() > LONGEST_SPAN_MS)
    return { from, to: new Date(from.getTime() + LONGEST_SPAN_MS) };
  return { from: new Date(Math.max(from.getTime(), to.getTime() - LONGEST_SPAN_MS)), to };
}

export function instantOf(text: string, name: string): Date {
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
    ? new Date(text)
    : new Date(Number.NaN);
  if (Number.isNaN(at.getTime()))
    throw new Open311Error(400, `${name} must be a date and time like 2026-03-04T10:00:00+08:00`);
  return at;
}

/** `page` from 1 and `page_size`, which is cut to the largest that is given out. */
export function pageOf(
  texts: Parameters,
  { size = PAGE_SIZE, largest = LARGEST_PAGE } = {},
): { limit: number; offset: number } {
  const limit = Math.min(largest, wholeNumber(texts.page_size, 'page_size') ?? size);
  const offset = ((wholeNumber(texts.page, 'page') ?? 1) - 1) * limit;
  if (offset > FURTHEST_ROW) throw new Open311Error(400, 'page is too far; narrow the dates');
  return { limit, offset };
}

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Open311Error(400, `${name} must be a whole number from 1`);
  return Number(text);
}

/** Latitude and longitude, both or none. */
export function pointOf(texts: Parameters): { latitude: number; longitude: number } | undefined {
  if (texts.lat === undefined && texts.long === undefined) return undefined;
  const [latitude, longitude] = [degreesOf(texts.lat), degreesOf(texts.long)];
  const isPoint = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isPoint) throw new Open311Error(400, 'lat and long must both be degrees (WGS84)');
  return { latitude, longitude };
}

function degreesOf(text: string | undefined): number {
  return text !== undefined && /^[+-]?\d{1,3}(\.\d{0,20})?$/.test(text) ? Number(text) : Number.NaN;
}

/** `service_request_id` as a list of numbers, or undefined when none is asked for. */
export function numbersOf(texts: Parameters): number[] | undefined {
  if (texts.service_request_id === undefined) return undefined;
  const all = texts.service_request_id.split(',').map((id) => id.trim());
  if (all.length > LARGEST_PAGE || !all.every(isRequestNumber))
    throw new Open311Error(400, `service_request_id must be up to ${LARGEST_PAGE} numbers with commas between`);
  return all.map(Number);
}

export function isRequestNumber(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

/** `attribute[CODE]=value` of a posted form. */
export function attributesOf(texts: Parameters): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(texts)) {
    const code = /^attribute\[([a-z0-9_]{1,60})\](\[\])?$/i.exec(name)?.[1];
    if (code) attributes[code] = value;
  }
  return attributes;
}
