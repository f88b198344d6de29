// Asks the device to keep the offline page, in this reader's language and size of type.
if ('serviceWorker' in navigator) {
  const { lang, dataset } = document.documentElement;
  const wishes = new URLSearchParams({ lang, ...(dataset.type === 'large' && { large: '1' }) });
  navigator.serviceWorker.register(`/service-worker.js?${wishes}`).catch(() => {});
}
