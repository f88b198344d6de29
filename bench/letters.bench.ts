import { drawLetters, type LetterPage } from '#faces/documents/letters.ts';

const COUNT = 5_000;
const GOAL_MEGABYTES = 500;
const ZH =
  '我们是您家所在网格的工作人员。这些日子我们会上门坐一坐，听听您需要什么、想做什么。能当场办的当场办，办不了的告诉您谁来办、哪天给回音。您也可以把想说的话写在背面，下次敲门时交给{worker}。';
const EN =
  'We work in your grid. In the coming days we will call on you to hear what you need and what you would like to do. What can be done at once will be; for the rest we say who does it and by when. Write back on the other side.';

async function* letters(): AsyncGenerator<LetterPage[]> {
  for (let from = 0; from < COUNT; from += 500)
    yield Array.from({ length: 500 }, (_, i) => ({
      position: from + i + 1,
      titles: { 'zh-CN': '给您的一封家书', en: 'A letter home' },
      texts: { 'zh-CN': ZH, en: EN },
      addresses: {
        'zh-CN': `荷塘里${(from % 40) + 1}栋${(i % 4) + 1}单元${i % 30}01室`,
        en: `Lotus Lane ${from}, stair 1, door ${i}`,
      },
      until: { 'zh-CN': '2026年12月31日', en: '31 December 2026' },
      community: { 'zh-CN': '荷塘社区', en: 'Lotus Pond Neighbourhood' },
      url: `https://yingmen.example/claim?code=ABCDE${String(from + i).padStart(5, '2')}`,
      printed_code: `ABCDE ${String(from + i).padStart(5, '2')}`,
    }));
}

/** 5,000 home letters as one PDF: how long, and the most memory this process held, its drawing thread with it. */
export async function rows(progress: (text: string) => void) {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  const began = performance.now();
  let bytes = 0;
  const drawn = await drawLetters(
    letters(),
    async (part) => {
      bytes += part.length;
    },
    async (done) => progress(`  ${done} letters`),
  );
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  const megabytes = most / 1024 / 1024;
  return [
    {
      name: `${drawn} home letters as PDF`,
      ours: seconds,
      theirs: null,
      ratio: null,
      unit: 's',
      note: `${(bytes / 1e6).toFixed(1)} MB of file`,
    },
    {
      name: `most memory while ${drawn} are drawn`,
      ours: megabytes,
      theirs: GOAL_MEGABYTES,
      ratio: megabytes / GOAL_MEGABYTES,
      unit: 'MB',
      note: 'theirs is the goal: below 500 MB',
    },
  ];
}
