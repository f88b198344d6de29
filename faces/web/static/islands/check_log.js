// Checks a whole log in this browser: today's from this site, or one that somebody kept, line by line as it arrives.
const form = document.querySelector('form[data-log]');
const place = document.querySelector('#result');
const parts = document.querySelector('#result-parts');
const SHOWN = 50;

form.hidden = false;
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  const data = new FormData(form);
  try {
    const { startCheck } = await import('/check/check_log.js');
    const check = startCheck({ kept_head: data.get('head') });
    const file = data.get('file');
    const { body } = file instanceof File && file.size > 0 ? new Response(file) : await fetch('/log/export');
    let lines = 0;
    for await (const line of linesOf(body)) {
      check.line(line);
      lines += 1;
      if (lines % 2000 === 0) await show([part('busy', lines)]);
    }
    tell(check.verdict());
  } catch (error) {
    if (error.code !== 'file_broken') throw error;
    await show([part('broken', error.line)]);
  } finally {
    button.disabled = false;
  }
});

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest) yield rest;
}

function tell(verdict) {
  const facts = part('facts');
  for (const fact of facts.querySelectorAll('[data-fact]')) fact.textContent = verdict[fact.dataset.fact];
  const findings = verdict.findings.slice(0, SHOWN).map(({ code, line, id }) => {
    const finding = parts.content.querySelector(`[data-finding=${code}]`).cloneNode(true);
    finding.textContent = `${finding.textContent.replace('#', line)} ${id}`;
    return finding;
  });
  show([part(verdict.ok ? 'holds' : 'wrong'), ...findings, facts]);
}

function part(name, number) {
  const one = parts.content.querySelector(`[data-part=${name}]`).cloneNode(true);
  if (number !== undefined) one.textContent = one.textContent.replace('#', number);
  return one;
}

/** Shows it, and waits until it is on the screen. */
function show(what) {
  place.replaceChildren(...what);
  return new Promise((resolve) => setTimeout(resolve));
}
