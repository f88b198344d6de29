import { refuse } from '#platform/refusal.ts';

type Corner = { was?: [number, number]; longitude: number; latitude: number };

const LARGEST_BYTES = 2_000_000;
const read = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** The corners of a grid's form in their order: moved, taken out (`remove_3`), and one added after a number. */
export function cornersFrom(form: FormData): Corner[] {
  const rows: { number: number; corner: Corner }[] = [];
  for (let i = 0; form.has(`latitude_${i}`); i++) {
    if (form.has(`remove_${i}`)) continue;
    const was = read(form, `was_${i}`).split(',').map(Number);
    const corner = { latitude: degrees(form, `latitude_${i}`), longitude: degrees(form, `longitude_${i}`) };
    rows.push({ number: i + 1, corner: was.length === 2 ? { ...corner, was: was as [number, number] } : corner });
  }
  if (read(form, 'new_latitude') || read(form, 'new_longitude')) {
    const after = Number(read(form, 'new_after') || rows.length);
    const corner = { latitude: degrees(form, 'new_latitude'), longitude: degrees(form, 'new_longitude') };
    const at = rows.findIndex((row) => row.number > after);
    rows.splice(at < 0 ? rows.length : at, 0, { number: after, corner });
  }
  return rows.map(({ corner }) => corner);
}

function degrees(form: FormData, name: string): number {
  const number = Number(read(form, name) || Number.NaN);
  return Number.isFinite(number) ? number : refuse('coordinates_wrong', {}, { field: name });
}

/** A boundary pasted or brought as a file: a polygon, a feature of one, or a collection with exactly one. */
export async function geojsonFrom(form: FormData): Promise<unknown> {
  const file = form.get('geojson_file');
  if (file instanceof File && file.size > LARGEST_BYTES) refuse('geojson_wrong', {}, { field: 'geojson' });
  const words = file instanceof File && file.size > 0 ? await file.text() : read(form, 'geojson');
  if (words.trim() === '') return undefined;
  const geometry = geometryOf(parsed(words));
  const isArea = geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';
  return isArea ? geometry : refuse('geojson_wrong', {}, { field: 'geojson' });
}

type Json = { type?: string; geometry?: Json; features?: Json[] } | null;

function geometryOf(json: Json): Json | undefined {
  if (json?.type === 'FeatureCollection')
    return json.features?.length === 1 ? geometryOf(json.features[0]!) : undefined;
  return json?.type === 'Feature' ? json.geometry : json;
}

function parsed(words: string): Json {
  try {
    return JSON.parse(words) as Json;
  } catch {
    return refuse('geojson_wrong', {}, { field: 'geojson' });
  }
}
