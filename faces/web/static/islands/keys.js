// Keys for the desk: J and K walk the queue, O opens, A takes on, X chooses, / searches, ? says which keys there are.
// Once something is chosen, J and K only move along, so that no choice is lost, and A takes on all that are chosen.
addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox') return;
  const items = [...document.querySelectorAll('.queue a')];
  const here = target.closest('.queue li')?.querySelector('a');
  const at = here ? items.indexOf(here) : items.findIndex((item) => item.getAttribute('aria-current') === 'true');
  const isChoosing = document.querySelector('[name=chosen]:checked') !== null;
  const key = event.key.toLowerCase();
  const go = (item) => item && (isChoosing ? item.focus() : location.assign(item.href));
  if (key === 'j') go(items[at + 1]);
  else if (key === 'k') go(items[at - 1]);
  else if (key === 'a' && isChoosing) document.querySelector('#batch [value=accept]').click();
  else if (key === 'o' || key === 'a') document.querySelector(`[data-key=${key}]`)?.click();
  else if (key === '/') document.querySelector('#words')?.focus();
  else if (key === 'x') items[Math.max(at, 0)]?.parentElement.querySelector('[name=chosen]')?.click();
  else if (key === '?') document.querySelector('dialog#keys')?.showModal();
  else return;
  event.preventDefault();
});
