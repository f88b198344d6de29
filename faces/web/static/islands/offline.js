// Asks the device to keep the offline page, in this reader's language and size of type.
if ('serviceWorker' in navigator) {
  const { lang, dataset } = document.documentElement;
  const wishes = new URLSearchParams({ lang, ...(dataset.type === 'large' && { large: '1' }) });
  navigator.serviceWorker.register(`/service-worker.js?${wishes}`).catch(() => {});
}

// Whoever signs out takes what lies sealed on this phone along with them: the rounds go, and what was not sent is asked about.
addEventListener('submit', async (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== '/sign-out' || form.dataset.wiped) return;
  event.preventDefault();
  const waiting = await countWaiting().catch(() => 0);
  const question = document.documentElement.lang.startsWith('zh')
    ? `还有 ${waiting} 次走访没发出去，退出就没有了。仍要退出吗？`
    : `Visits not sent yet: ${waiting}. They are lost when you sign out. Sign out anyway?`;
  if (waiting > 0 && !confirm(question)) return;
  // First the second copy (faces/web/src/phone/second_copy.ts): without a store it would come back from there.
  // There are no caches where the page was not sent encrypted.
  await globalThis.caches?.delete('yingmen-copy').catch(() => false);
  const gone = indexedDB.deleteDatabase('yingmen-phone');
  gone.onsuccess = gone.onerror = () => {
    form.dataset.wiped = '1';
    form.submit();
  };
});

async function countWaiting() {
  const names = await indexedDB.databases();
  if (!names.some((one) => one.name === 'yingmen-phone')) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('yingmen-phone');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const asking = db.transaction('visits').objectStore('visits').getAll();
      asking.onsuccess = () => {
        db.close();
        resolve(asking.result.filter((one) => one.state === 'waiting' || one.state === 'refused').length);
      };
      asking.onerror = () => reject(asking.error);
    };
  });
}
