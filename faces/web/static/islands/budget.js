// The bar that shows what the ticked projects cost together. The form works without it.
for (const form of document.querySelectorAll('form[data-budget]')) {
  const budget = Number(form.dataset.budget);
  const draw = () => {
    let sum = 0;
    for (const box of form.querySelectorAll('input[data-fen]:checked')) sum += Number(box.dataset.fen);
    form.querySelector('progress').value = Math.min(sum, budget);
    form.querySelector('[data-sum]').textContent = (sum / 100).toLocaleString('en', { minimumFractionDigits: 2 });
    form.querySelector('[data-over]').hidden = sum <= budget;
  };
  form.addEventListener('change', draw);
  draw();
}
