// Checks a proof of the log in the browser: nothing but the verifier, the entry and the signed head.
const button = document.getElementById('check');
const verdict = document.getElementById('verdict');

async function holds() {
  const { fromBase64, hashLeaf, openHead, readKey, verifyInclusion } = await import('/check/verify_log.js');
  const { verifier, head, entry, index, proof } = JSON.parse(button.dataset.proof);
  try {
    const { size, root } = openHead(head.note, readKey(verifier));
    const leaf_hash = hashLeaf(new TextEncoder().encode(entry));
    return verifyInclusion({ index, size, leaf_hash, root, proof: proof.map((hash) => fromBase64(hash)) });
  } catch {
    return false;
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const isGood = await holds();
    verdict.textContent = isGood ? verdict.dataset.good : verdict.dataset.bad;
    verdict.classList.toggle('wrong', !isGood);
    verdict.dataset.holds = String(isGood);
    verdict.hidden = false;
  });
}
