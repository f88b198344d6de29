// Tells that what a page shows has changed: fetches the page again and puts its main part in place, unless somebody is
// writing in it. Without this script the page is whole; it is only older.
const script = document.querySelector('script[data-subjects]');
const subjects = script?.dataset.subjects;
if (subjects && 'EventSource' in window) {
  const source = new EventSource(`/live?subjects=${encodeURIComponent(subjects)}`);
  let waiting = false;
  const isWriting = () =>
    [...document.querySelectorAll('main textarea, main input:not([type=hidden])')].some(
      (field) =>
        field === document.activeElement ||
        (field.defaultValue !== undefined &&
          field.value !== field.defaultValue &&
          field.type !== 'radio' &&
          field.type !== 'checkbox'),
    );
  source.onmessage = async () => {
    if (waiting || isWriting()) return;
    waiting = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
      const main = document.querySelector('main');
      if (fresh && main && !isWriting()) main.innerHTML = fresh.innerHTML;
    } finally {
      waiting = false;
    }
  };
  addEventListener('pagehide', () => source.close());
}
