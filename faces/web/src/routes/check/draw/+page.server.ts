import { fail, type RequestEvent } from '@sveltejs/kit';
import { canonicalNumbers, type Draw, drawByRfc3797, drawSeats, readEntries } from '#engines/seat_draw/index.ts';
import { valuesOf } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';

const LARGEST_BYTES = 1_000_000;
/** A list that long is drawn in some tens of milliseconds; longer ones are for the browser or the command line. */
const LARGEST_LIST = 20_000;
const FIELDS: Record<string, string> = { seats_invalid: 'seats', seed_empty: 'seed', numbers_invalid: 'seed' };

export const load = ({ locals }: RequestEvent) => ({
  island: 'draw',
  title: locale(locals.visit, 'web.check_draw.title'),
});

/** Draws again what was published: nothing is stored, and nobody has to sign in. */
export const actions = {
  default: async ({ request, locals }: RequestEvent) => {
    const form = await request.formData();
    const values = valuesOf(form);
    const say = (code: string, vars?: Record<string, string | number>) =>
      locale(locals.visit, `web.check_draw.wrong.${code}`, vars);
    const back = (field: string | null, sentence: string) => fail(400, { values, problems: [{ field, sentence }] });
    const file = form.get('file');
    const isGiven = file instanceof File && file.size > 0;
    if (isGiven && file.size > LARGEST_BYTES) return back('file', say('file_large'));
    try {
      if (isGiven) values.list = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      if (!values.list?.trim()) return back('list', say('list_missing'));
      const entries = readEntries(values.list);
      if (entries.length > LARGEST_LIST) return back('file', say('file_large'));
      const seats = /^\s*\d{1,7}\s*$/.test(values.seats ?? '') ? Number(values.seats) : Number.NaN;
      const seed = values.seed?.trim() ?? '';
      const draw: Draw =
        values.algorithm === 'rfc3797'
          ? drawByRfc3797(entries, seats, canonicalNumbers(seed))
          : drawSeats(entries, seats, seed);
      return {
        values,
        draw,
        published: publishedOf(values.published ?? '', draw),
        mine: mineOf(values.mine ?? '', draw),
      };
    } catch (error) {
      const { code, line = 1 } = error as { code?: string; line?: number };
      if (error instanceof TypeError && code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
        return back('file', say('file_broken'));
      if (typeof code !== 'string' || !/^[a-z_0-9]+$/.test(code)) throw error;
      return back(FIELDS[code] ?? 'list', say(code, { line }));
    }
  },
};

/** Whether the list is the one whose hash was published; null when nobody asks. */
function publishedOf(text: string, draw: Draw): boolean | null {
  return text.trim() === '' ? null : text.trim().toLowerCase() === draw.entries_sha256;
}

/** Where the asker stands; null when nobody asks. */
function mineOf(
  text: string,
  { winners, waiting }: Draw,
): { where: 'winners' | 'waiting' | 'nowhere'; place: number } | null {
  const id = text.trim().normalize();
  if (id === '') return null;
  if (winners.includes(id)) return { where: 'winners', place: winners.indexOf(id) + 1 };
  if (waiting.includes(id)) return { where: 'waiting', place: waiting.indexOf(id) + 1 };
  return { where: 'nowhere', place: 0 };
}
