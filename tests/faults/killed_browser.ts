import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultyWay } from './faulty_way.ts';
import { KillJournal } from './kill_journal.ts';
import { PIN } from './round_stage.ts';

const DRIVER = stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'phone_driver.ts'), 'utf8'));
/** Debian's `chromium` is a script around this, which takes as long as the browser itself to begin. */
const BEHIND_THE_SCRIPT = '/usr/lib/chromium/chromium';
/** No part of the browser that stores anything is left out: what is gone draws, updates, guesses or looks for casts. */
const FLAGS = [
  ...[
    '--headless',
    '--no-sandbox',
    '--no-zygote',
    '--disable-gpu',
    '--in-process-gpu',
    '--disable-software-rasterizer',
  ],
  ...[
    '--disable-dev-shm-usage',
    '--mute-audio',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
  ],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-breakpad'],
  ...['--password-store=basic', '--disable-features=PreloadTopChromeWebUI,MediaRouter,OptimizationHints,Translate'],
];
const PATIENCE_MS = 30_000;
/** A visit is about eleven words, and the next is said within so long. */
const MOST_WORDS = 16;
const LONGEST_PAUSE_MS = 30;

type Trial = { way: FaultyWay; target: string; cookie: string; round_id: string; random: () => number };

/**
 * A phone whose browser is killed again and again: an ordinary Chromium of several processes with a folder of its own, of
 * which nothing is told that its end is near. All of its processes get SIGKILL at once, wherever they are.
 */
export class KilledPhone {
  readonly journal = new KillJournal();
  kills = 0;
  #hasSignal = () => true;
  #atRest = false;
  #wordsLeft = 0;
  #child: ChildProcess | undefined;
  #waiting = new Map<string, () => void>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'yingmen-phone-'));
  readonly #trial: Trial;

  constructor(trial: Trial) {
    this.#trial = trial;
    trial.way.own = (incoming, answer) => this.#own(incoming, answer);
  }

  /** Opens the browser, lets it work until a moment that chance decides, and kills it. */
  async live(): Promise<void> {
    const { random, way } = this.#trial;
    const fate = random();
    // By turns there is no signal, a good one, and one over which three of ten are lost.
    this.#hasSignal = () => fate < 0.6;
    way.fault = () => (fate < 0.4 ? 'none' : fate < 0.6 && random() < 0.7 ? 'none' : 'no_signal');
    // One in ten ends while it begins; the others after so many words of their driver, between which anything is going on.
    this.#wordsLeft = 1 + Math.floor(random() * MOST_WORDS);
    if (random() < 0.1) {
      this.#begin();
      await sleep(random() * 600);
    } else {
      const spoken = this.#told('enough');
      this.#begin();
      await spoken;
      await sleep(random() * LONGEST_PAUSE_MS);
    }
    await this.#kill();
    this.kills += 1;
  }

  /** Opens the browser with a signal and waits for what the driver says. */
  async until(kind: 'taken' | 'at_rest'): Promise<void> {
    this.#hasSignal = () => true;
    this.#trial.way.fault = () => 'none';
    this.#atRest = kind === 'at_rest';
    const told = this.#told(kind === 'taken' ? 'finished' : kind);
    this.#begin();
    await told;
    await this.#kill();
  }

  async close(): Promise<void> {
    await this.#kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #begin(): void {
    const program = existsSync(BEHIND_THE_SCRIPT) ? BEHIND_THE_SCRIPT : process.env.CHROMIUM_PATH!;
    const url = `${this.#trial.way.url}/rounds/phone`;
    this.#child = spawn(program, [...FLAGS, `--user-data-dir=${this.#folder}`, url], {
      detached: true,
      stdio: 'ignore',
    });
  }

  async #kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || !child.pid) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  #told(kind: string): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.journal.broken.push(`the phone never said “${kind}”`);
        resolve();
      }, PATIENCE_MS);
      this.#waiting.set(kind, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** The journal is heard whether there is a signal or not; the page is given with its driver. */
  #own(incoming: IncomingMessage, answer: ServerResponse): boolean {
    const { pathname } = new URL(incoming.url ?? '', this.#trial.way.url);
    incoming.headers.cookie = this.#trial.cookie;
    if (pathname === '/trial/driver.js') {
      answer.writeHead(200, { 'content-type': 'text/javascript' }).end(DRIVER);
      return true;
    }
    if (pathname.startsWith('/trial/')) {
      void this.#hear(pathname.slice('/trial/'.length), incoming, answer);
      return true;
    }
    if (pathname !== '/rounds/phone' || !this.#hasSignal()) return false;
    void this.#givePage(incoming, answer);
    return true;
  }

  async #hear(kind: string, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    let text = '';
    try {
      for await (const part of incoming) text += part;
    } catch {
      return;
    }
    const { household_id } = this.journal.hear(kind, JSON.parse(text));
    const { round_id, random } = this.#trial;
    const task = { round_id, seed: Math.floor(random() * 1e9), pin: PIN, at_rest: this.#atRest, household_id };
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(task));
    this.#waiting.get(kind)?.();
    if (kind !== 'begin' && --this.#wordsLeft === 0) this.#waiting.get('enough')?.();
  }

  async #givePage(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { target, cookie } = this.#trial;
    const page = await fetch(`${target}${incoming.url}`, { headers: { cookie } });
    const html = (await page.text()).replace('<head>', '<head><script type="module" src="/trial/driver.js"></script>');
    const headers = ['content-type', 'content-security-policy'].map((name) => [name, page.headers.get(name) ?? '']);
    answer.writeHead(page.status, Object.fromEntries(headers)).end(html);
  }
}
