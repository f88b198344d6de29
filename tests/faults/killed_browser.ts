import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultyWay } from './faulty_way.ts';
import { KillJournal } from './kill_journal.ts';
import { PIN } from './round_stage.ts';

const DRIVER = stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'phone_driver.ts'), 'utf8'));
const OPENER =
  "<script>for (const url of location.search.slice(1).split('&')) open(url, '_blank', 'noopener')</script>";
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
  ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-popup-blocking'],
  ...['--disable-backgrounding-occluded-windows', '--password-store=basic'],
  '--disable-features=PreloadTopChromeWebUI,MediaRouter,OptimizationHints,Translate',
];
/** LevelDB: a journal is written in blocks, each line with a head of checksum (4 bytes), length (2) and kind (1). */
const JOURNAL_BLOCK = 32_768;
/** The tear shows two lives later; the store that came back has as many to be written anew. */
const LIVES_A_TEAR = 8;
const PATIENCE_MS = 60_000;
/** A visit is about eleven words; the phone that is to say fewest ends the life of all. The next word comes within so long. */
const MOST_WORDS = 40;
const LONGEST_PAUSE_MS = 30;

type Trial = { way: FaultyWay; target: string; cookie: string; round_id: string; random: () => number };

/**
 * Phones whose browser is killed again and again. Each is an origin of its own, with its own store, service worker, driver
 * and way to the server; the browser is an ordinary Chromium of several processes, whose storage is a process of its own,
 * with a folder that it keeps. Nothing in it is told that its end is near: all of its processes get SIGKILL at once, and
 * every phone dies wherever it is. Several in one browser, as starting a browser takes longer than what is tried.
 */
export class KilledBrowser {
  readonly phones: KilledPhone[];
  /** How many phones have died, all together, and of how many the store's journal was torn. */
  deaths = 0;
  tears = 0;
  #child: ChildProcess | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'yingmen-phone-'));
  readonly #random: () => number;

  constructor(phones: KilledPhone[], random: () => number) {
    this.phones = phones;
    this.#random = random;
  }

  get isSound(): boolean {
    return this.phones.every((phone) => phone.journal.broken.length === 0);
  }

  /** Opens the browser, lets its phones work until a moment that chance decides, and kills it. */
  async live(): Promise<void> {
    for (const phone of this.phones) phone.choose();
    if (this.#random() < 0.1) {
      // One in ten ends while it begins.
      this.#begin();
      await sleep(this.#random() * 1000);
    } else {
      const found = this.phones.map((phone) => phone.told('found'));
      const spoken = this.phones.map((phone) => phone.told('enough'));
      this.#begin();
      await Promise.all(found);
      // The others after so many words of one of their drivers, between which anything is going on.
      await Promise.race(spoken);
      await sleep(this.#random() * LONGEST_PAUSE_MS);
    }
    await this.#kill();
    this.deaths += this.phones.length;
    if ((this.deaths / this.phones.length) % LIVES_A_TEAR === 0) this.#tear();
  }

  /** Opens the browser with a signal and waits until every phone has taken its round along, or has sent everything. */
  async until(kind: 'taken' | 'at_rest'): Promise<void> {
    for (const phone of this.phones) phone.recover(kind === 'at_rest');
    const told = this.phones.map((phone) => phone.told(kind === 'taken' ? 'finished' : kind));
    this.#begin();
    await Promise.all(told);
    await this.#kill();
  }

  async close(): Promise<void> {
    await this.#kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #begin(): void {
    const program = existsSync(BEHIND_THE_SCRIPT) ? BEHIND_THE_SCRIPT : process.env.CHROMIUM_PATH!;
    // Without a screen a browser opens one page: that one opens the others.
    const opener = new URL(`/trial/open?${this.phones.map((phone) => phone.url).join('&')}`, this.phones[0]!.url);
    const flags = [...FLAGS, `--user-data-dir=${this.#folder}`, opener.href];
    this.#child = spawn(program, flags, { detached: true, stdio: 'ignore' });
  }

  /**
   * Cuts off the journal of every store within a line, as an end in the middle of writing does, which chance alone finds
   * once in some hundred deaths: a head without what it announces. The browser goes on writing behind it, and takes the
   * whole store for broken at its next start but one.
   */
  #tear(): void {
    for (const file of globSync(`${this.#folder}/Default/IndexedDB/*/*.log`)) {
      const left = JOURNAL_BLOCK - (statSync(file).size % JOURNAL_BLOCK);
      if (left < 2000) continue;
      appendFileSync(file, Buffer.from([...[1, 2, 3, 4], ...[900 % 256, Math.floor(900 / 256)], 1]));
      this.tears += 1;
    }
  }

  async #kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    for (const phone of this.phones) phone.stopWaiting();
    if (child?.exitCode !== null || !child.pid) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
}

/** One phone in that browser: what it is to do, what it told, and how its way is. */
export class KilledPhone {
  readonly journal = new KillJournal();
  readonly url: string;
  #hasSignal = () => true;
  #atRest = false;
  #wordsLeft = 0;
  #waiting = new Map<string, () => void>();
  readonly #trial: Trial;

  constructor(trial: Trial) {
    this.#trial = trial;
    this.url = `${trial.way.url}/rounds/phone`;
    trial.way.own = (incoming, answer) => this.#own(incoming, answer);
  }

  /** For the next life: by turns no signal, a good one, and one over which three of ten are lost. */
  choose(): void {
    const { random, way } = this.#trial;
    const fate = random();
    this.#hasSignal = () => fate < 0.6;
    way.fault = () => (fate < 0.4 ? 'none' : fate < 0.6 && random() < 0.7 ? 'none' : 'no_signal');
    this.#wordsLeft = 1 + Math.floor(random() * MOST_WORDS);
  }

  recover(atRest: boolean): void {
    this.#hasSignal = () => true;
    this.#trial.way.fault = () => 'none';
    this.#atRest = atRest;
  }

  /** When the driver says a word of that kind; a phone that does not is broken. */
  told(kind: string): Promise<void> {
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

  stopWaiting(): void {
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }

  /** The journal is heard whether there is a signal or not; the page is given with its driver. */
  #own(incoming: IncomingMessage, answer: ServerResponse): boolean {
    const { pathname } = new URL(incoming.url ?? '', this.#trial.way.url);
    incoming.headers.cookie = this.#trial.cookie;
    if (pathname === '/trial/driver.js') {
      answer.writeHead(200, { 'content-type': 'text/javascript' }).end(DRIVER);
      return true;
    }
    if (pathname === '/trial/open') {
      answer.writeHead(200, { 'content-type': 'text/html' }).end(OPENER);
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
