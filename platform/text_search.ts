/**
 * Tokens for a `simple` tsvector: runs of Han characters become overlapping pairs (so any two-character word is found
 * without a dictionary) plus single characters for one-character queries; other scripts become lower-case words and
 * their prefixes are matched by the query. Pure; linear in the text.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>();
  for (const run of runs(text)) {
    if (!isHan(run)) {
      tokens.add(run);
      continue;
    }
    const characters = [...run];
    for (let i = 0; i < characters.length; i++) {
      tokens.add(characters[i]!);
      if (i + 1 < characters.length) tokens.add(characters[i]! + characters[i + 1]!);
    }
  }
  return [...tokens];
}

/** More than the longest text that is written here has. */
const TOKENS_MOST = 10_000;

/** The text given to `array_to_tsvector`-like casts: tokens quoted for `::tsvector`. */
export function searchVector(text: string): string {
  return searchTokens(text)
    .slice(0, TOKENS_MOST)
    .map((token) => `'${token}'`)
    .join(' ');
}

/** A tsquery that wants every part of what was typed, words by prefix; null when nothing can be searched for. */
export function searchQuery(text: string): string | null {
  const parts: string[] = [];
  for (const run of runs(text).slice(0, 12)) {
    const characters = [...run];
    if (!isHan(run)) parts.push(`'${run}':*`);
    else if (characters.length === 1) parts.push(`'${run}'`);
    else
      for (let i = 0; i + 1 < characters.length && i < 24; i++) parts.push(`'${characters[i]!}${characters[i + 1]!}'`);
  }
  return parts.length === 0 ? null : parts.join(' & ');
}

// Only letters and digits pass, so no token can hold a quote or an operator of tsquery.
const RUN = /\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han})|[\p{L}\p{N}]+/gu;

function runs(text: string): string[] {
  return (text.normalize('NFKC').toLowerCase().match(RUN) ?? []).map((run) => (isHan(run) ? run : run.slice(0, 60)));
}

function isHan(run: string): boolean {
  return /^\p{Script=Han}/u.test(run);
}
