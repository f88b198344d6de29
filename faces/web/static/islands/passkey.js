// Makes a passkey, or signs in with one. The buttons are hidden until a browser that can do it shows them.
const buttons = document.querySelectorAll('button[data-passkey]');
const can =
  'credentials' in navigator &&
  'PublicKeyCredential' in window &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;
const say = (button, sentence) => {
  const place = button.parentElement.querySelector('[role=status]');
  if (place) place.textContent = sentence;
};
const post = async (body) => {
  const answer = await fetch(`/sign-in/passkey${location.search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.sentence);
  return value;
};
for (const button of can ? buttons : []) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      let done;
      if (button.dataset.passkey === 'make') {
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post({ step: 'begin' }));
        const made = await navigator.credentials.create({ publicKey });
        done = await post({
          step: 'add',
          response: made.toJSON(),
          label: navigator.userAgent.match(/\(([^;)]+)/)?.[1] ?? '',
        });
      } else {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post({ step: 'ask' }));
        const given = await navigator.credentials.get({ publicKey });
        done = await post({ step: 'sign_in', response: given.toJSON() });
      }
      location.assign(done.to);
    } catch (error) {
      // Whoever closes the browser's own window has said no; there is nothing to explain.
      say(button, error.name === 'NotAllowedError' ? '' : error.message);
    }
  });
}
