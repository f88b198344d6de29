// Lets this browser show notices although no page is open. The button is hidden until a browser that can do it shows it.
const button = document.querySelector('button[data-push-key]');
const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
if (button && can) {
  const status = button.parentElement.querySelector('[role=status]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== 'granted') throw new Error(button.dataset.denied);
      status.textContent = '';
      await subscribe();
      location.reload();
    } catch (error) {
      // What the browser itself says is in its own words; ours say what to do.
      const ours = error.isOurs || error.message === button.dataset.denied;
      status.textContent = ours ? error.message : button.dataset.failed;
      button.disabled = false;
    }
  });
}

async function subscribe() {
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(button.dataset.pushKey),
  });
  const { endpoint, keys } = subscription.toJSON();
  const answer = await fetch('/me/notices/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys }),
  });
  if (answer.ok) return;
  await subscription.unsubscribe();
  throw Object.assign(new Error((await answer.json()).sentence), { isOurs: true });
}

function bytesOf(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
