// Says that something long is under way, and lets a form be sent once.
addEventListener('submit', ({ submitter }) => {
  if (!submitter) return;
  const zh = document.documentElement.lang.startsWith('zh');
  const words = submitter.textContent;
  setTimeout(() => {
    submitter.disabled = true;
    submitter.textContent = zh ? '正在读取，请稍等…' : 'Reading, please wait …';
  });
  // Who comes back finds the button as it was.
  addEventListener('pageshow', () => Object.assign(submitter, { disabled: false, textContent: words }), { once: true });
});
