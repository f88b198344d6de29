/**
 * The part of a file that is asked for (RFC 9110, 14.1.2), both ends within; undefined for the whole file, also when the
 * header is not understood or names several parts; null when nothing of the file lies there.
 */
export function byteRange(header: string | undefined, size: number): { from: number; to: number } | undefined | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (!first && !last) return undefined;
  const from = first ? Number(first) : Math.max(0, size - Number(last));
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (first && last && Number(last) < from) return undefined;
  return from < size ? { from, to } : null;
}
