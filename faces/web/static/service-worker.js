// What this device shows when there is no signal: one designed page, and the round on the phone (phone-worker.js). No
// page of anybody's is ever kept.
// The address this worker was registered with says in which language and size the page is kept (islands/offline.js).
importScripts('/phone-worker.js');
importScripts('/service-worker-push.js');

const wishes = new URL(self.location).search;
const OFFLINE = `/offline${wishes}`;
const CACHE = `yingmen-offline-1${wishes}`;
const MINE = /^yingmen-(offline|phone)-/;

self.addEventListener('install', (event) =>
  event.waitUntil(Promise.all([keepOfflinePage(), phone.renew()]).then(() => self.skipWaiting())),
);
self.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== self.location.origin) return;
  if (phone.answers(request)) return event.respondWith(phone.answer(event));
  // What has a reader's own answer is asked of the server; only when that cannot be reached is there something of ours.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => offlinePage()));
  else if (request.method === 'GET' && isPart(request)) event.respondWith(fetch(request).catch(() => kept(request)));
});

/** The page as a stranger sees it (no cookie is sent), with the styles and the icon it needs. */
async function keepOfflinePage() {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: 'omit', cache: 'no-store' });
  if (!page.ok) throw new Error(`the offline page answered ${page.status}`);
  const styles = [...(await page.clone().text()).matchAll(/<link href="([^"]+)" rel="stylesheet"/g)].map(
    (match) => new URL(match[1], new URL(OFFLINE, self.location)).pathname,
  );
  await cache.addAll([...styles, '/icon.svg'].map((path) => new Request(path, { credentials: 'omit' })));
  await cache.put(OFFLINE, page);
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => MINE.test(name) && name !== CACHE && name !== phone.KEPT).map((name) => caches.delete(name)),
  );
}

const isPart = (request) => request.destination === 'style' || request.destination === 'image';
const kept = async (request) => (await caches.match(request, { cacheName: CACHE })) ?? Response.error();
const offlinePage = async () => (await caches.match(OFFLINE, { cacheName: CACHE })) ?? Response.error();
