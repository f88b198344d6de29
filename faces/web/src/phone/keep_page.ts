const PATIENCE_MS = 15_000;

/**
 * Has the device keep this page with all it is made of (static/phone-worker.js), and says whether it does: a round whose
 * page is not on the phone does not open without a signal.
 */
export async function keepPage(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const kept = navigator.serviceWorker.ready.then(
    ({ active }) =>
      new Promise<boolean>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data === true);
        active?.postMessage('keep_phone_page', [port2]);
      }),
  );
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  return Promise.race([kept, late]);
}
