// Keys for the desk: J and K walk the queue, O opens, A takes on, / searches, ? says which keys there are.
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const items = [...document.querySelectorAll('.queue a')];
  const at = items.findIndex((item) => item.getAttribute('aria-current') === 'true');
  const key = event.key.toLowerCase();
  const go = (item) => item && location.assign(item.href);
  if (key === 'j') go(items[at + 1]);
  else if (key === 'k') go(items[at - 1]);
  else if (key === 'o' || key === 'a') document.querySelector(`[data-key=${key}]`)?.click();
  else if (key === '/') document.querySelector('#words')?.focus();
  else if (key === '?') alert(document.querySelector('main > p.small')?.textContent ?? '');
  else return;
  event.preventDefault();
});
