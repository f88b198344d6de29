import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { registerFonts, runsOf } from './fonts.ts';
import type { LetterPage } from './letters.ts';

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const FOOT_TOP = 622;
const QR_SIDE = 128;
// Chinese and English body sizes, the largest that fits is taken.
const SIZES = [
  [19, 12.5],
  [17, 11.5],
  [16, 11],
  [15, 10.5],
  [14, 10],
  [12.5, 9],
  [11, 8],
] as const;

const doc = new PDFDocument({ size: 'A4', margin: MARGIN, autoFirstPage: false, info: { Title: 'Yingmen' } });
registerFonts(doc);

let chunks: Uint8Array[] = [];
doc.on('data', (chunk: Uint8Array) => chunks.push(new Uint8Array(chunk)));

type Style = { size: number; bold?: boolean; x?: number; y?: number; width?: number; gap?: number };

function write(text: string, { size, bold = false, x = MARGIN, y = doc.y, width = WIDTH, gap = 0 }: Style): void {
  const weight = bold ? 700 : 400;
  for (const line of text.split('\n')) {
    const runs = runsOf(line || ' ');
    runs.forEach(({ text: run, script }, i) => {
      const options = { width, lineGap: gap, continued: i < runs.length - 1 };
      doc.font(`${script}-${weight}`).fontSize(size);
      if (i === 0) doc.text(run, x, y, options);
      else doc.text(run, options);
    });
    y = doc.y;
  }
}

/** How high a text comes out, reckoned by its own letters: Han characters are as wide as they are high, Latin about half. */
function heightOf(text: string, size: number, gap: number): number {
  let lines = 0;
  for (const line of text.split('\n')) {
    let width = 0;
    for (const one of line) width += one.charCodeAt(0) < 0x2028 ? size * 0.56 : size;
    lines += Math.max(1, Math.ceil(width / (WIDTH * 0.97)));
  }
  return lines * (size * 1.45 + gap);
}

function sizesOf({ texts }: LetterPage): readonly [number, number] {
  const room = FOOT_TOP - 236;
  const fits = SIZES.find(([zh, en]) => heightOf(texts['zh-CN'] ?? '', zh, 3) + heightOf(texts.en ?? '', en, 1) < room);
  return fits ?? SIZES.at(-1)!;
}

function drawQr(url: string, x: number, y: number): void {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' });
  const side = QR_SIDE / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let from = 0; from < modules.size; from++) {
      if (!modules.get(row, from)) continue;
      let to = from;
      while (to < modules.size && modules.get(row, to)) to++;
      doc.rect(x + from * side, y + row * side, (to - from) * side, side);
      from = to;
    }
  }
  doc.fill('black');
}

function drawLetter(page: LetterPage): void {
  doc.addPage();
  const [zh, en] = sizesOf(page);
  write(`${page.community['zh-CN'] ?? ''} · ${page.community.en ?? ''}`, { size: 11, y: MARGIN - 12 });
  write(`${page.position}`, { size: 11, x: MARGIN + WIDTH - 60, y: MARGIN - 12, width: 60 });
  write(page.addresses['zh-CN'] ?? '', { size: 22, bold: true, y: MARGIN + 10 });
  write(page.addresses.en ?? '', { size: 12 });
  doc
    .moveTo(MARGIN, doc.y + 6)
    .lineTo(MARGIN + WIDTH, doc.y + 6)
    .lineWidth(1)
    .stroke();
  write(page.titles['zh-CN'] ?? '', { size: 26, bold: true, y: doc.y + 16 });
  write(page.texts['zh-CN'] ?? '', { size: zh, gap: 3, y: doc.y + 4 });
  write(page.titles.en ?? '', { size: en + 2, bold: true, y: doc.y + 8 });
  write(page.texts.en ?? '', { size: en, gap: 1 });
  drawReplyLines();
  drawFoot(page);
}

/** Room to write back, where the text leaves some: the paper is brought back at the next knock. */
function drawReplyLines(): void {
  const top = doc.y + 14;
  if (top > FOOT_TOP - 90) return;
  write('想对我们说的话，写在这里，下次敲门时交给网格员。', { size: 12, y: top });
  write('Write back here and hand it over at the next knock.', { size: 9 });
  for (let y = doc.y + 26; y < FOOT_TOP - 8; y += 28)
    doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + WIDTH, y)
      .lineWidth(0.6)
      .dash(1, { space: 3 })
      .stroke();
  doc.undash();
}

/** The code, so that it can be scanned, read by poor eyes, or read out over the phone. */
function drawFoot(page: LetterPage): void {
  doc
    .rect(MARGIN, FOOT_TOP, WIDTH, QR_SIDE + 28)
    .lineWidth(1.5)
    .stroke();
  drawQr(page.url, MARGIN + 14, FOOT_TOP + 14);
  const at = { x: MARGIN + QR_SIDE + 34, width: WIDTH - QR_SIDE - 44 };
  const shown = page.url.replace(/^https?:\/\//, '').replace(/\?.*$/, '');
  write('手机扫一扫，认领您家', { ...at, size: 17, bold: true, y: FOOT_TOP + 12 });
  write(page.printed_code, { ...at, size: 27, bold: true });
  write(`或打开 ${shown} 输入这十个字`, { ...at, size: 12 });
  write(`只给这一户用，${page.until['zh-CN'] ?? ''}前有效。没有手机？下次敲门时告诉网格员。`, { ...at, size: 10.5 });
  write(`For this home only, until ${page.until.en ?? ''}. Scan, or open ${shown}. No phone? Tell your grid worker.`, {
    ...at,
    size: 9,
  });
}

// A letter that runs over is cut at its page rather than printed on two: the foot is drawn at a fixed height.
parentPort!.on('message', async (message: { pages?: LetterPage[]; end?: boolean }) => {
  for (const page of message.pages ?? []) {
    drawLetter(page);
    // Lets what was drawn flow out before the next page.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (message.end) {
    doc.end();
    await once(doc, 'end');
  }
  const sent = chunks;
  chunks = [];
  parentPort!.postMessage(sent);
});
