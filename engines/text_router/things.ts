import words from './things.json' with { type: 'json' };

export type Thing = { name: string; at: number; length: number };
type Form = { name: string; characters: string; words: string[] };

/** What it is about is said early; longer texts are searched up to here. */
const SEARCHED_CHARACTERS = 600;
const LATIN = /[a-z]+(?:['’][a-z]+)*/g;

let forms: Map<string, Form[]> | undefined;

/** The forms of all things by their first Chinese character or first English word. */
function formsByBeginning(): Map<string, Form[]> {
  if (forms) return forms;
  forms = new Map();
  for (const [name, list] of Object.entries(words as Record<string, string[]>)) {
    for (const characters of list) {
      const parts = characters.match(LATIN) ?? [];
      const beginning = parts[0] ?? characters[0]!;
      const known = forms.get(beginning) ?? [];
      known.push({ name, characters, words: parts });
      forms.set(beginning, known);
    }
  }
  return forms;
}

/**
 * The things of the list `things.json` that a text in lower case names, each once, with the place it is first named at.
 * The same thing has the same name in Chinese and English. O(the first 600 characters).
 */
export function thingsIn(plain: string): Thing[] {
  const searched = plain.slice(0, SEARCHED_CHARACTERS);
  const byBeginning = formsByBeginning();
  const found = new Map<string, Thing>();
  const meet = (name: string, at: number, length: number) => {
    if (!found.has(name)) found.set(name, { name, at, length });
  };
  // Spaces of a segmented text do not part what belongs together.
  const places = Array.from(searched, (_, at) => at).filter((at) => searched[at]?.trim());
  const joined = places.map((at) => searched[at]).join('');
  for (let at = 0; at < joined.length; at++) {
    for (const { name, characters, words: parts } of byBeginning.get(joined[at]!) ?? []) {
      if (parts.length > 0 || !joined.startsWith(characters, at)) continue;
      meet(name, places[at]!, places[at + characters.length - 1]! - places[at]! + 1);
    }
  }
  const latin = [...searched.matchAll(LATIN)];
  for (const [turn, { index, 0: first }] of latin.entries()) {
    for (const { name, words: parts } of byBeginning.get(first) ?? []) {
      if (!parts.every((part, next) => latin[turn + next]?.[0] === part)) continue;
      const last = latin[turn + parts.length - 1]!;
      if (parts.length > 0) meet(name, index, last.index + last[0].length - index);
    }
  }
  return [...found.values()];
}
