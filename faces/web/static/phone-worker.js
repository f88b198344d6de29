// Keeps the page of the round on the phone, which is nobody's own: what fills it lies sealed in the phone's store.
// Part of service-worker.js, which says in which language and size the pages are kept.
self.phone = ((wishes) => {
  const PAGE = `/rounds/phone${wishes}`;
  const KEPT = `yingmen-phone-1${wishes}`;
  const PATIENCE_MS = 4000;

  /** The page as a stranger sees it (no cookie is sent), and each script, style and icon it names. */
  async function keep() {
    const page = await fetch(PAGE, { credentials: 'omit', cache: 'no-store' });
    if (!page.ok) throw new Error(`the page of the phone answered ${page.status}`);
    const html = await page.clone().text();
    const parts = [...html.matchAll(/<(?:link|script)[^>]+(?:href|src)="([^"]+\.(?:css|js|svg)[^"]*)"/g)].map(
      (match) => new URL(match[1], new URL(PAGE, self.location)).href,
    );
    const answers = await Promise.all(parts.map((part) => fetch(part, { credentials: 'omit', cache: 'no-cache' })));
    if (answers.some((answer) => !answer.ok)) throw new Error('a part of the page of the phone is missing');
    const cache = await caches.open(KEPT);
    await Promise.all(parts.map((part, i) => cache.put(part, answers[i])));
    await cache.put(PAGE, page);
  }

  /**
   * A newer one where the page is kept already, be it in another language or size: the other one goes when this worker
   * takes over. Whoever never walks a round is not made to carry it.
   */
  async function renew() {
    const names = await caches.keys();
    if (names.some((name) => name.startsWith('yingmen-phone-'))) await keep();
  }

  const isPage = ({ pathname }) => pathname === '/rounds/phone';
  const isRound = ({ pathname }) => pathname === '/rounds' || pathname.startsWith('/rounds/');
  const isPart = ({ pathname }) => pathname.startsWith('/build/') || pathname.startsWith('/_app/immutable/');
  const kept = (what) => caches.open(KEPT).then((cache) => cache.match(what));

  /** Whoever opens a page of rounds may lose the signal on the next stair. */
  async function keepOnce() {
    if (!(await kept(PAGE))) await keep();
  }

  /** Whether this worker answers a request of its own; all others go on as they came. */
  function answers(request) {
    const url = new URL(request.url);
    if (request.method !== 'GET') return false;
    return request.mode === 'navigate' ? isRound(url) : isPart(url) && request.referrer.includes('/rounds');
  }

  /** The phone's page from the device at once, and a newer one for the next time; other pages of rounds from the server while it answers. */
  async function answer(event) {
    const { request } = event;
    const url = new URL(request.url);
    if (request.mode !== 'navigate') return (await kept(request)) ?? fetch(request);
    if (isPage(url)) {
      const page = await kept(PAGE);
      event.waitUntil(keep().catch(() => {}));
      return page ?? fetch(request);
    }
    event.waitUntil(keepOnce().catch(() => {}));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    const page = await Promise.race([fetch(request).catch(() => undefined), late]);
    return page ?? (await kept(PAGE)) ?? fetch(request);
  }

  /** Whoever takes a round along asks for the page to be kept, and is told whether it is (faces/web/src/phone/keep_page.ts). */
  self.addEventListener('message', (event) => {
    if (event.data !== 'keep_phone_page') return;
    const [port] = event.ports;
    const told = keepOnce().then(
      () => port.postMessage(true),
      () => port.postMessage(false),
    );
    event.waitUntil(told);
  });

  return { renew, answers, answer, KEPT };
})(new URL(self.location).search);
