import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import { runsOf } from './fonts.ts';

type Page = { names: Record<string, string>; code: string; url: string; svg: string };

const FONTS = join(import.meta.dirname, '..', '..', 'node_modules', '@fontsource', 'noto-sans-sc', 'files');
const font = (subset: string, weight: number) => join(FONTS, `noto-sans-sc-${subset}-${weight}-normal.woff`);
const family = (subset: string) => ({
  normal: font(subset, 400),
  bold: font(subset, 700),
  italics: font(subset, 400),
  bolditalics: font(subset, 700),
});

pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(FONTS));
pdfmake.addFonts({ Chinese: family('chinese-simplified'), Latin: family('latin') });

const runs = (text: string) => runsOf(text).map((run) => ({ text: run.text, font: run.script }));

function posters({ community, pages }: { community: Record<string, string>; pages: Page[] }) {
  return {
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 56],
    defaultStyle: { font: 'Chinese', fontSize: 18, alignment: 'center', lineHeight: 1.3 },
    info: { title: 'Yingmen' },
    content: pages.map((page, i) => ({
      stack: [
        { text: runs(community['zh-CN'] ?? ''), fontSize: 22 },
        { text: runs(community.en ?? ''), fontSize: 14, margin: [0, 0, 0, 20] },
        { text: '有事敲门，有人应门', bold: true, fontSize: 40 },
        { text: runs('Knock, and somebody answers'), fontSize: 18, margin: [0, 0, 0, 24] },
        { svg: page.svg, width: 250, alignment: 'center', margin: [0, 0, 0, 16] },
        { text: runs('手机扫一扫，说一件事。不用下载，不用注册。'), fontSize: 18 },
        { text: runs('Scan and tell one thing. Nothing to install, no account.'), fontSize: 13, margin: [0, 0, 0, 18] },
        { text: runs(page.names['zh-CN'] ?? ''), bold: true, fontSize: 28 },
        { text: runs(page.names.en ?? ''), fontSize: 14, margin: [0, 0, 0, 14] },
        { text: runs(page.url), fontSize: 15 },
        {
          text: runs(`不方便用手机？告诉网格员，或到服务台。 / No phone? Tell your grid worker, or come to the desk.`),
          fontSize: 11,
          margin: [0, 18, 0, 0],
        },
      ],
      ...(i > 0 && { pageBreak: 'before' }),
    })),
  };
}

type Notice = {
  community: Record<string, string>;
  size: number;
  signed_at: string;
  note: string;
  url: string;
  svg: string;
};

/** A signed head to hang up: whoever keeps it can tell later whether anything before it was changed. */
function headNotice({ community, size, signed_at, note, url, svg }: Notice) {
  const small = { fontSize: 12, alignment: 'left' };
  return {
    pageSize: 'A4',
    pageMargins: [56, 48, 56, 48],
    defaultStyle: { font: 'Chinese', fontSize: 18, alignment: 'center', lineHeight: 1.3 },
    info: { title: 'Yingmen' },
    content: [
      { text: runs(community['zh-CN'] ?? ''), fontSize: 22 },
      { text: runs(community.en ?? ''), fontSize: 14, margin: [0, 0, 0, 14] },
      { text: '谁都能查的日志', bold: true, fontSize: 32 },
      { text: runs('A log that anybody can check'), margin: [0, 0, 0, 14] },
      { text: runs(`前 ${size} 条 / the first ${size} entries · ${signed_at}`), fontSize: 14, margin: [0, 0, 0, 14] },
      { svg, width: 210, alignment: 'center', margin: [0, 0, 0, 14] },
      {
        ...small,
        text: runs(
          '规则、投票、抽签、钱、岗位、决议都写在里面。扫码或拍下这张纸留着：以后谁改了前面的任何一条，都和这里对不上。',
        ),
      },
      {
        ...{ ...small, margin: [0, 4, 0, 12] },
        text: runs(
          'Rules, votes, draws, money, posts and resolutions are in it. Scan the code or photograph this sheet and keep it: should anything before it ever be changed, it will no longer agree with this.',
        ),
      },
      ...note
        .trim()
        .split('\n')
        .map((line) => ({ text: runs(line || ' '), fontSize: 10, alignment: 'left' })),
      { text: runs(url), fontSize: 14, margin: [0, 12, 0, 0] },
    ],
  };
}

const { kind, data } = workerData as { kind: string; data: never };
const draw = { posters, head_notice: headNotice }[kind];
if (!draw) throw new Error(`no document of the kind ${kind}`);
const buffer = await pdfmake.createPdf(draw(data) as never).getBuffer();
parentPort?.postMessage(new Uint8Array(buffer));
