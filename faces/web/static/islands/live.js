// Tells that what a page shows has changed: fetches the page again and puts its main part in place, unless somebody is
// writing or choosing in it, or reads what is shown only once. Without this script the page is whole; it is only older.
const script = document.querySelector('script[data-subjects]');
const subjects = script?.dataset.subjects;
// What is unfolded stays so: each by its summary and how many of that name stand before it.
const folds = (main) => {
  const seen = {};
  return [...main.querySelectorAll('details')].map((one) => {
    const words = one.querySelector('summary')?.textContent ?? '';
    seen[words] = (seen[words] ?? 0) + 1;
    return [`${words}/${seen[words]}`, one];
  });
};
if (subjects && 'EventSource' in window) {
  const source = new EventSource(`/live?subjects=${encodeURIComponent(subjects)}`);
  let waiting = false;
  const isWriting = () =>
    document.querySelector('main [data-keep], main .problems') !== null ||
    [...document.querySelectorAll('main textarea, main input:not([type=hidden])')].some(
      (field) =>
        field === document.activeElement ||
        (field.defaultValue !== undefined &&
          field.value !== field.defaultValue &&
          field.type !== 'radio' &&
          field.type !== 'checkbox') ||
        ((field.type === 'radio' || field.type === 'checkbox') && field.checked !== field.defaultChecked),
    );
  source.onmessage = async () => {
    if (waiting || isWriting()) return;
    waiting = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
      const main = document.querySelector('main');
      if (fresh && main && !isWriting()) {
        const unfolded = folds(main).flatMap(([name, one]) => (one.open ? [name] : []));
        main.innerHTML = fresh.innerHTML;
        for (const [name, one] of folds(main)) if (unfolded.includes(name)) one.open = true;
      }
    } finally {
      waiting = false;
    }
  };
  addEventListener('pagehide', () => source.close());
}
