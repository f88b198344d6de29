import { parentPort, workerData } from 'node:worker_threads';
import PDFDocument from 'pdfkit';
import { registerFonts, runsOf } from './fonts.ts';
import type { ReceiptPaper } from './receipt.ts';

const MARGIN = 64;
const WIDTH = 595.28 - 2 * MARGIN;
const LABEL = 130;
const QR_SIDE = 96;
/** What is longer is written smaller, so that a receipt stays on one sheet. */
const LONG = 60;
const THANKS = 18 + 46;

const { paper, qr } = workerData as { paper: ReceiptPaper; qr: { size: number; data: number[] } };
const doc = new PDFDocument({ size: 'A4', margin: MARGIN, info: { Title: paper.number } });
registerFonts(doc);
const chunks: Uint8Array[] = [];
doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
doc.on('end', () => parentPort?.postMessage(new Uint8Array(Buffer.concat(chunks))));

type Style = { size: number; bold?: boolean; x?: number; y?: number; width?: number; align?: 'left' | 'center' };

/** A line that is centred is measured first. */
function write(
  text: string,
  { size, bold = false, x = MARGIN, y = doc.y, width = WIDTH, align = 'left' }: Style,
): void {
  const weight = bold ? 700 : 400;
  const runs = runsOf(text || ' ').map((run) => ({ run: run.text, font: `${run.script}-${weight}` }));
  const wide = runs.reduce((sum, { run, font }) => sum + doc.font(font).fontSize(size).widthOfString(run), 0);
  const left = align === 'center' ? x + Math.max(0, (width - wide) / 2) : x;
  runs.forEach(({ run, font }, i) => {
    const options = { width: x + width - left, lineGap: 2, continued: i < runs.length - 1 };
    doc.font(font).fontSize(size);
    if (i === 0) doc.text(run, left, y, options);
    else doc.text(run, options);
  });
}

/** A row of the table: its label on the left, its value on the right, Chinese above English. */
function row({ label, value }: ReceiptPaper['rows'][number]): void {
  const isLong = value[0].length > LONG;
  const size = isLong ? 10.5 : 13;
  doc.font(`Chinese-${isLong ? 400 : 700}`).fontSize(size);
  const tall = doc.heightOfString(value[0] || ' ', { width: WIDTH - LABEL - 12, lineGap: 2 }) + 16;
  if (doc.y + tall + 12 > 842 - MARGIN) doc.addPage();
  const top = doc.y + 6;
  write(label[0], { size: 11, y: top, width: LABEL });
  write(label[1], { size: 8.5, width: LABEL });
  const left = doc.y;
  const x = MARGIN + LABEL + 12;
  write(value[0], { size, bold: !isLong, x, y: top, width: WIDTH - LABEL - 12 });
  if (value[1] && value[1] !== value[0]) write(value[1], { size: 9.5, x, width: WIDTH - LABEL - 12 });
  const bottom = Math.max(left, doc.y) + 6;
  doc
    .moveTo(MARGIN, bottom)
    .lineTo(MARGIN + WIDTH, bottom)
    .lineWidth(0.5)
    .stroke('#777777');
  doc.y = bottom;
}

function drawQr(x: number, y: number): void {
  const cell = QR_SIDE / qr.size;
  for (const [i, dark] of qr.data.entries())
    if (dark) doc.rect(x + (i % qr.size) * cell, y + Math.floor(i / qr.size) * cell, cell, cell);
  doc.fill('#000000');
}

write(paper.community['zh-CN'] ?? '', { size: 15, align: 'center' });
write(paper.community.en ?? '', { size: 10, align: 'center' });
doc.y += 14;
write(paper.title[0], { size: 28, bold: true, align: 'center' });
write(paper.title[1], { size: 14, align: 'center' });
doc.y += 10;
write(`No. ${paper.number}`, { size: 13, bold: true, align: 'center' });
doc.y += 12;
doc
  .moveTo(MARGIN, doc.y)
  .lineTo(MARGIN + WIDTH, doc.y)
  .lineWidth(1.2)
  .stroke('#000000');
for (const one of paper.rows) row(one);
const foot = 842 - MARGIN - QR_SIDE - 4;
// What somebody wrote may be long: thanks and code then have a page of their own instead of lying upon it.
if (doc.y + THANKS > foot) doc.addPage();
doc.y += 18;
write(paper.thanks[0], { size: 16, bold: true });
doc.y += 2;
write(paper.thanks[1], { size: 11 });
drawQr(MARGIN, foot);
const beside = { x: MARGIN + QR_SIDE + 16, width: WIDTH - QR_SIDE - 16 };
write(paper.check[0], { ...beside, size: 10.5, y: foot + 4 });
doc.y += 3;
write(paper.check[1], { ...beside, size: 9 });
doc.y += 5;
write(paper.url, { ...beside, size: 8 });
doc.end();
