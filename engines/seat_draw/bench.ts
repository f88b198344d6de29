import { createHmac, hash } from 'node:crypto';
import { drawSeats, findInstabilities, lotteryOf, type Market, matchCourses, readEntries } from './index.ts';

const ENTRIES = 100_000;
const COURSES = 500;

/** 100,000 entries drawn, and as many applicants matched with 500 courses, each beside what cannot be left out. */
export async function rows(progress: (text: string) => void) {
  const lines = Array.from(
    { length: ENTRIES },
    (_, i) => `R${(i * 7919) % 1_000_003},${i % 3},${i % 20 ? '' : `G${i % 900}`}`,
  );
  const csv = `id,priority,group\n${lines.join('\n')}\n`;
  progress(`seat_draw: ${ENTRIES} entries …`);
  const draw_ms = timed(() => drawSeats(readEntries(csv), 2_000, 'seed'));
  const hmac_ms = timed(() => {
    for (let i = 0; i < ENTRIES; i++) createHmac('sha256', 'key').update(`R${i}\x01`).digest();
    hash('sha256', csv);
  });
  progress(`seat_draw: ${ENTRIES} applicants and ${COURSES} courses …`);
  const market = someMarket();
  let assigned = matchCourses({ ...market, applicants: market.applicants.slice(0, 1000) });
  const match_ms = timed(() => {
    assigned = matchCourses(market);
  });
  if (findInstabilities(market, assigned).length > 0) throw new Error('the assignment is not stable');
  const turns_ms = timed(() => takeTurns(market));
  const row = (name: string, ours: number, theirs: number, note: string) => ({
    ...{ name: `seat_draw: ${name}`, ours, theirs, ratio: ours / theirs, unit: 'ms', note },
  });
  return [
    row('100,000 entries read and drawn', draw_ms, hmac_ms, 'goal < 1,000; theirs: the hashing alone, by node:crypto'),
    row(
      '100,000 applicants × 500 courses',
      match_ms,
      turns_ms,
      'goal < 3,000; theirs: taking turns by the same lottery, no priorities',
    ),
  ];
}

function timed(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/** Ten wishes each, popular courses wished for more often, four fifths as many seats as applicants, two classes a course. */
function someMarket(): Market {
  let turn = 1;
  const random = () => {
    turn = (Math.imul(turn, 1_664_525) + 1_013_904_223) >>> 0;
    return turn / 2 ** 32;
  };
  const applicants = Array.from({ length: ENTRIES }, (_, i) => {
    const prefers = new Set<string>();
    while (prefers.size < 10) prefers.add(`C${Math.floor(random() ** 2 * COURSES)}`);
    return { id: `R${i}`, prefers: [...prefers] };
  });
  const courses = Array.from({ length: COURSES }, (_, i) => {
    const named = Array.from({ length: 60 }, (_, j) => `R${(i * 199 + j * 1667) % ENTRIES}`);
    return { id: `C${i}`, seats: 160, priority: [named.slice(0, 30), named.slice(30)] };
  });
  return { courses, applicants, seed: 'seed' };
}

function takeTurns(market: Market): Map<string, string | null> {
  const numbers = lotteryOf(market);
  const left = new Map(market.courses.map(({ id, seats }) => [id, seats]));
  const turns = [...market.applicants].sort((a, b) => (numbers.get(a.id)! < numbers.get(b.id)! ? -1 : 1));
  return new Map(
    turns.map(({ id, prefers }) => {
      const course = prefers.find((one) => left.get(one)! > 0) ?? null;
      if (course !== null) left.set(course, left.get(course)! - 1);
      return [id, course];
    }),
  );
}
