import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { registerApi } from '#faces/api/index.ts';
import { SESSION_COOKIE } from '#faces/server/cookies.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import { beginSession } from '#platform/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

export type Stage = {
  town: Neighbourhood;
  browser: Browser;
  url: string;
  /** A browser of somebody's own; signed in when an actor is given. */
  visit(options?: {
    as?: Actor;
    locale?: 'zh-CN' | 'en';
    large?: boolean;
    phone?: boolean;
    scripts?: boolean;
  }): Promise<{ page: Page; context: BrowserContext; foreign: string[] }>;
  close(): Promise<void>;
};

/** The whole product on a small neighbourhood, with a real browser in front of it. */
export async function openStage(): Promise<Stage> {
  const town = await makeNeighbourhood({ clock: () => new Date(), live: true });
  const app = await makeOuterServer({
    environment: town.environment,
    reads_a_minute: 1e6,
    writes_a_minute: 1e6,
    overload_delay_ms: 0,
    more: (server) => registerApi(server, town.environment),
  });
  const url = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  town.environment.base_url = url;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    ...{ town, browser, url },
    async visit({ as, locale = 'zh-CN', large = false, phone = true, scripts = true } = {}) {
      const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 900 };
      const context = await browser.newContext({
        viewport,
        locale,
        javaScriptEnabled: scripts,
        reducedMotion: 'reduce',
      });
      const cookies = {
        locale,
        large_type: large ? '1' : '0',
        ...(as && { [SESSION_COOKIE]: await sessionOf(town, as) }),
      };
      await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
      const page = await context.newPage();
      const foreign: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob|about):/.test(request.url())) foreign.push(request.url());
      });
      return { page, context, foreign };
    },
    async close() {
      await browser.close();
      await app.close();
      await town.close();
    },
  };
}

/** A page of somebody's own that is opened at a path, in English. */
export async function openPage(
  stage: Stage,
  path: string,
  as: Actor | undefined,
  more: { scripts?: boolean; phone?: boolean } = {},
) {
  const { page, context } = await stage.visit({ as, locale: 'en', ...more });
  await page.goto(stage.url + path);
  return { page, close: () => context.close() };
}

/** Presses a button and waits for the page that the form leads to. */
export const press = (page: Page, selector: string) =>
  Promise.all([page.waitForEvent('framenavigated'), page.locator(selector).first().click()]);

export async function sessionOf({ environment, community }: Neighbourhood, actor: Actor): Promise<string> {
  const db = environment.database.of(community.id);
  const person = await db.selectFrom('people').select('login_id').where('id', '=', actor.id).executeTakeFirstOrThrow();
  const login_id = person.login_id ?? newId();
  if (!person.login_id) {
    await db.insertInto('logins').values({ id: login_id, created_at: new Date() }).execute();
    await db.updateTable('people').set({ login_id }).where('id', '=', actor.id).execute();
  }
  return beginSession(environment, login_id, 'test');
}
