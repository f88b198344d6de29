import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Actor } from '#platform/actor.ts';
import type { Stage } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LARGE_TEXT_PX = 18;

type Violation = { id: string; nodes: { target: string[]; failureSummary?: string }[] };

/**
 * Opens pages as somebody and says what is wrong with each: a failure of ours, a sentence of axe, something wider than the
 * screen, small text in large type, an error in the console, a request to another host.
 */
export async function findProblems(
  stage: Stage,
  paths: readonly string[],
  visit: { as?: Actor; locale: 'zh-CN' | 'en'; large: boolean; phone?: boolean },
): Promise<string[]> {
  const { page, context, foreign } = await stage.visit(visit);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/404/.test(message.text())) problems.push(message.text());
  });
  for (const path of paths) {
    const answer = await page.goto(stage.url + path);
    if ((answer?.status() ?? 500) >= 500) problems.push(`${path}: answered ${answer?.status()}`);
    else problems.push(...(await problemsOf(page, visit.large)).map((problem) => `${path}: ${problem}`));
  }
  await context.close();
  return [...problems, ...foreign.map((url) => `asked another host: ${url}`)];
}

/** What is wrong with the page as it stands. */
export async function problemsOf(page: Page, large: boolean): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate((tags) => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: unknown[] }> };
    };
    return axe.run(document, { runOnly: tags }).then((result) => result.violations);
  }, TAGS);
  const problems = (violations as Violation[]).map(
    ({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`,
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 1) problems.push(`wider than the screen by ${overflow}`);
  const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  if (large && size < LARGE_TEXT_PX) problems.push(`text of ${size} px in large type`);
  return problems;
}
