import { featuresOf, featuresWithPlaces } from './features.ts';
import type { Router } from './router.ts';
import { rowsOf } from './vocabulary.ts';

/** A word of the text and how much it moved the margin of a label above the mean of the others. */
export type Spoken = { word: string; strength: number };

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * The words of a text that spoke for a label, the strongest first: what each feature adds to the label's margin beyond
 * what it adds to the mean of all labels, shared among the characters it was read from. Chinese is cut into words only
 * to show them; the model itself reads characters. O(length × labels).
 */
export function spokenFor(router: Router, text: string, label: string, limit = 5): Spoken[] {
  const wanted = router.labels.indexOf(label);
  if (wanted < 0) return [];
  const strengthOf = strengths(router, text, wanted);
  const shares = new Float64Array(text.length);
  for (const { bucket, places } of featuresWithPlaces(text)) {
    const strength = (strengthOf.get(bucket) ?? 0) / places.length;
    for (const place of places) shares[place]! += strength;
  }
  const spoken = new Map<string, number>();
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    let strength = 0;
    for (let at = index; at < index + segment.length; at++) strength += shares[at] ?? 0;
    const word = segment.toLowerCase();
    spoken.set(word, (spoken.get(word) ?? 0) + strength);
  }
  return [...spoken]
    .filter(([, strength]) => strength > 0)
    .map(([word, strength]) => ({ word, strength }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, limit);
}

/** What one meeting of each bucket adds. */
function strengths(router: Router, text: string, wanted: number): Map<number, number> {
  const features = featuresOf(text);
  const { vocabulary, linear, labels } = router;
  const row = rowsOf([features], vocabulary);
  const counts = new Map(Array.from(features.buckets, (bucket, at) => [bucket, features.counts[at]!]));
  const found = new Map<number, number>();
  for (let at = 0; at < row.columns.length; at++) {
    const column = row.columns[at]!;
    const base = column * labels.length;
    let mean = 0;
    for (let label = 0; label < labels.length; label++) mean += linear.weights[base + label]! / labels.length;
    const bucket = vocabulary.buckets[column]!;
    found.set(bucket, ((linear.weights[base + wanted]! - mean) * row.values[at]!) / counts.get(bucket)!);
  }
  return found;
}
