// Offers “where I am now” beside the address, when the device can tell. Nothing is asked of it before somebody presses.
const field = document.querySelector('#address_text');
if (field && 'geolocation' in navigator) {
  const zh = document.documentElement.lang.startsWith('zh');
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button',
    textContent: zh ? '用我现在的位置' : 'Use where I am now',
  });
  const say = Object.assign(document.createElement('span'), { className: 'hint' });
  say.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        for (const name of ['latitude', 'longitude']) {
          const input =
            field.form.querySelector(`[name=${name}]`) ??
            field.form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name }));
          input.value = coords[name].toFixed(6);
        }
        say.textContent = zh
          ? `已记下位置（误差约${Math.round(coords.accuracy)}米）`
          : `Noted, within about ${Math.round(coords.accuracy)} metres`;
      },
      () => {
        say.textContent = zh ? '没有拿到位置，请写地址。' : 'The place is not known; please write the address.';
      },
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
  field.after(button, say);
}
