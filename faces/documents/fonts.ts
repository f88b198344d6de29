import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

const FONTS = join(import.meta.dirname, '..', '..', 'node_modules', '@fontsource', 'noto-sans-sc', 'files');
const SUBSETS = { Chinese: 'chinese-simplified', Latin: 'latin' } as const;

/**
 * The fonts of our papers by name (`Chinese-400` …). Their WOFF is unpacked once (W3C WOFF 1.0, sections 3 to 5): the PDF
 * writer inflates a packed table anew for every glyph, which takes seconds a font.
 */
export function registerFonts(doc: { registerFont(name: string, bytes: Buffer): unknown }): void {
  for (const [script, subset] of Object.entries(SUBSETS))
    for (const weight of [400, 700])
      doc.registerFont(`${script}-${weight}`, unpackWoff(join(FONTS, `noto-sans-sc-${subset}-${weight}-normal.woff`)));
}

/** Writes the fonts unpacked into a folder, for whoever can read no other; gives where each is. */
export function writeFonts(folder: string): Record<keyof typeof SUBSETS, string> {
  const written = Object.entries(SUBSETS).map(([script, subset]) => {
    const path = join(folder, `${script}.ttf`);
    writeFileSync(path, unpackWoff(join(FONTS, `noto-sans-sc-${subset}-400-normal.woff`)));
    return [script, path];
  });
  return Object.fromEntries(written) as Record<keyof typeof SUBSETS, string>;
}

/** A text cut where its script changes, since the font files hold one script each. */
export function runsOf(text: string): { text: string; script: keyof typeof SUBSETS }[] {
  const runs = text.match(/[ -\u024f\u2010-\u2027]+|[^ -\u024f\u2010-\u2027]+/g) ?? [];
  return runs.map((run) => ({ text: run, script: run.charCodeAt(0) < 0x2028 ? 'Latin' : 'Chinese' }));
}

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

function unpackWoff(path: string): Buffer {
  const woff = readFileSync(path);
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  const parts = [head];
  let at = head.length;
  for (let i = 0; i < count; i++) {
    const entry = WOFF_HEADER + i * WOFF_ENTRY;
    const [from, packed, length] = [4, 8, 12].map((offset) => woff.readUInt32BE(entry + offset)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(from, from + packed);
    const table = packed < length ? inflateSync(bytes) : bytes;
    const record = SFNT_HEADER + i * SFNT_ENTRY;
    woff.copy(head, record, entry, entry + 4);
    woff.copy(head, record + 4, entry + 16, entry + 20);
    head.writeUInt32BE(at, record + 8);
    head.writeUInt32BE(length, record + 12);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    table.copy(padded);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}
