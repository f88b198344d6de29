import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type OutputInfo, type OverlayOptions } from 'sharp';
import { writeFonts } from '#faces/documents/fonts.ts';
import { formatYuan } from '#platform/money.ts';

export type Bill = { payee: string; day: string; number: string; items: [name: string, fen: number][] };

const WIDTH = 480;
const MARGIN = 36;
const TOP = 150;
const LINE = 46;
const TABLE = '#8a7561';

/**
 * Draws invented receipts as photos of them: a slip of paper, a little crooked, on a table. The letters come from the fonts
 * that the product's papers are set in, so that no font need be installed.
 */
export function receiptPictures() {
  const folder = mkdtempSync(join(tmpdir(), 'yingmen-fonts-'));
  const words = lettering(writeFonts(folder));

  async function draw({ payee, day, number, items }: Bill): Promise<Buffer> {
    const total = items.reduce((sum, one) => sum + one[1], 0);
    const height = TOP + (items.length + 4) * LINE;
    const put: OverlayOptions[] = [];
    const place = async (text: string, size: number, top: number, side: 'left' | 'middle' | 'right') => {
      const { data, info } = await words(text, size);
      const room = WIDTH - 2 * MARGIN - info.width;
      const left = MARGIN + (side === 'left' ? 0 : side === 'right' ? room : room / 2);
      const raw = { width: info.width, height: info.height, channels: 4 as const };
      put.push({ input: data, raw, top: Math.round(top), left: Math.max(0, Math.round(left)) });
    };
    await place(payee, 30, 34, 'middle');
    await place(`${number}  ${day}`, 17, 92, 'middle');
    for (const [i, [name, fen]] of items.entries()) {
      await place(name, 21, TOP + i * LINE, 'left');
      await place(formatYuan(fen), 21, TOP + i * LINE, 'right');
    }
    const foot = TOP + items.length * LINE + 20;
    await place('合计', 26, foot + 12, 'left');
    await place(`¥${formatYuan(total)}`, 26, foot + 12, 'right');
    await place('谢谢惠顾', 18, foot + 76, 'middle');
    const slip = await sharp(paper(height, foot)).composite(put).raw().toBuffer({ resolveWithObject: true });
    const { width, height: high } = slip.info;
    return sharp(slip.data, { raw: { width, height: high, channels: 4 } })
      .rotate((Number(number.slice(-1)) % 5) - 2, { background: TABLE })
      .extend({ top: 24, bottom: 24, left: 24, right: 24, background: TABLE })
      .flatten({ background: TABLE })
      .jpeg({ quality: 85 })
      .toBuffer();
  }
  return { draw, end: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Words as a picture of their letters; those that come again are kept. */
function lettering(fonts: Record<'Chinese' | 'Latin', string>) {
  const kept = new Map<string, Promise<{ data: Buffer; info: OutputInfo }>>();
  const render = (text: string, size: number, fontfile: string) => {
    const markup = `<span foreground="#22272e">${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</span>`;
    const options = { text: markup, fontfile, font: `Noto Sans SC ${size}`, rgba: true, dpi: 72 };
    return sharp({ text: options }).raw().toBuffer({ resolveWithObject: true });
  };
  // Both fonts are of one family: once the Latin one has been named, it is found for every later word.
  const known = render('0', 8, fonts.Latin);
  return async (text: string, size: number) => {
    await known;
    const key = `${size}/${text}`;
    const found = kept.get(key) ?? render(text, size, fonts.Chinese);
    if (!/\d/.test(text)) kept.set(key, found);
    return found;
  };
}

function paper(height: number, foot: number): Buffer {
  const right = WIDTH - MARGIN;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="100%" height="100%" fill="#fdfbf4"/>
    <path d="M${MARGIN} 130H${right}M${MARGIN} ${foot}H${right}" stroke="#b9b2a3" stroke-width="1.5" stroke-dasharray="5 4"/>
    <circle cx="${right - 70}" cy="${foot + 84}" r="44" fill="none" stroke="#c23a2e" stroke-opacity="0.55" stroke-width="4"/></svg>`,
  );
}
