import { globSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from '../bin/build_pages.ts';
import { findChromium } from './chromium.ts';
import { openTestServer } from './database.ts';
import { runProgram, runTests, type Tally, tallyOf } from './tally.ts';

/** Journeys that keep several browsers busy, or measure out how slow a way is: they have the machine to themselves. */
const ALONE = /(killed_phone|offline_day)\.journey\.ts$/;

/**
 * Everything `npm test` does, in order: checks of the code, pages, tests on a real PostgreSQL, journeys in a real
 * browser. Words choose files whose path contains one of them, and leave the checks out.
 */
const ROOT = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const tally: Tally = tallyOf();

process.chdir(ROOT);
process.env.NODE_ENV = 'test';
process.env.TZ = 'UTC';

if (words.length === 0) await runChecks(tally);
await runDatabaseTests(tally);
await runJourneys(tally);
await (await openTestServer()).stop();

for (const name of tally.failing) process.stdout.write(`failing: ${name}\n`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);

async function runChecks(into: Tally): Promise<void> {
  const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name);
  const checkPages = async () => {
    await runProgram(into, 'svelte-kit sync', bin('svelte-kit'), ['sync'], 'faces/web');
    const words = ['--tsconfig', 'tsconfig.json', '--output', 'machine'];
    await runProgram(into, 'svelte-check', bin('svelte-check'), words, 'faces/web');
  };
  await runProgram(into, 'biome', bin('biome'), ['ci', '--colors=off', '.']);
  // Each of these has one core busy for most of its time.
  await Promise.all([checkPages(), runProgram(into, 'tsc', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json'])]);
  await runTests(into, 'checks', chosen('tests/checks/**/*.test.ts'), 2);
}

async function runDatabaseTests(into: Tally): Promise<void> {
  const files = chosen('**/*.test.ts').filter((file) => words.length > 0 || !file.startsWith('tests/checks/'));
  if (files.length === 0) return;
  process.env.YINGMEN_TEST_SERVER = (await openTestServer()).superuser_url;
  await runTests(into, 'tests', files, 2);
}

/** Journeys start the whole product and drive a browser; much of that is waiting, so two run at once. */
async function runJourneys(into: Tally): Promise<void> {
  const files = chosen('tests/journeys/**/*.journey.ts');
  if (files.length === 0) return;
  try {
    await buildPages((text) => process.stdout.write(`${text}\n`));
    process.env.CHROMIUM_PATH = await findChromium();
    process.env.YINGMEN_TEST_SERVER = (await openTestServer()).superuser_url;
  } catch (error) {
    into.failed += 1;
    into.failing.push(`journeys: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const alone = files.filter((file) => ALONE.test(file));
  await runTests(
    into,
    'journeys',
    files.filter((file) => !ALONE.test(file)),
    2,
  );
  await runTests(into, 'journeys by themselves', alone, 1);
}

function chosen(pattern: string): string[] {
  const exclude = ['node_modules/**', '**/node_modules/**', 'data/**', '**/build/**', '**/.svelte-kit/**'];
  const files = globSync(pattern, { exclude }).sort();
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)));
}
