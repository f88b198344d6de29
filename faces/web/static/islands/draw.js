// Draws again in this browser, with the very file the server draws with, so that the list goes nowhere. What this script
// cannot do (RFC 3797, a list it cannot read) is sent to the server, which says it in words.
const form = document.querySelector('form[data-draw]');
const place = document.querySelector('#result');
const parts = document.querySelector('#result-parts');
const SHOWN = 200;

form?.addEventListener('submit', async (event) => {
  const data = new FormData(form);
  if (data.get('algorithm') !== 'elegy-vrs') return;
  event.preventDefault();
  try {
    const { drawSeats, readEntries } = await import('/check/recompute_draw.js');
    const file = data.get('file');
    const isGiven = file instanceof File && file.size > 0;
    const list = isGiven
      ? new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
      : data.get('list');
    if (!/^\s*\d+\s*$/.test(data.get('seats'))) throw new Error('seats');
    show(drawSeats(readEntries(list), Number(data.get('seats')), data.get('seed').trim()), data);
  } catch {
    form.submit();
  }
});

function show(draw, data) {
  const result = parts.content.cloneNode(true);
  const mine = data.get('mine').trim().normalize();
  const where = ['winners', 'waiting'].find((name) => draw[name].includes(mine)) ?? 'nowhere';
  for (const sentence of result.querySelectorAll('[data-mine]')) {
    if (mine === '' || sentence.dataset.mine !== where) sentence.remove();
    else if (where !== 'nowhere')
      sentence.textContent = sentence.textContent.replace('#', draw[where].indexOf(mine) + 1);
  }
  const published = data.get('published').trim().toLowerCase();
  const same = published === draw.entries_sha256 ? 'same' : 'differs';
  for (const sentence of result.querySelectorAll('[data-published]'))
    if (published === '' || sentence.dataset.published !== same) sentence.remove();
  result.querySelector('[data-fact=entries]').textContent = draw.winners.length + draw.waiting.length;
  result.querySelector('[data-fact=hash]').textContent = draw.entries_sha256;
  for (const name of ['winners', 'waiting']) {
    result.querySelector(`[data-count=${name}]`).textContent = draw[name].length;
    const list = result.querySelector(`[data-list=${name}]`);
    list.append(
      ...draw[name].slice(0, SHOWN).map((id) => Object.assign(document.createElement('li'), { textContent: id })),
    );
    if (draw[name].length > SHOWN) {
      const all = document.createElement('textarea');
      all.readOnly = true;
      all.rows = 10;
      all.value = draw[name].join('\n');
      all.setAttribute('aria-label', list.previousElementSibling.textContent);
      list.after(all);
    }
  }
  document.querySelector('.problems[role=alert]')?.remove();
  place.replaceChildren(result);
  place.querySelector('h2').focus();
}
