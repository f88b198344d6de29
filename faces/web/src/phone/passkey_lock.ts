// A passkey that gives the same secret bytes each time its holder shows finger or face (WebAuthn Level 3, section 10.1.4,
// prf): the phone's key is wrapped by them. It signs nobody in and the server never hears of it.

const SALT = new TextEncoder().encode('yingmen phone 1');
type Outputs = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } };

export const passkeyWorks = () => 'credentials' in navigator && 'PublicKeyCredential' in globalThis;

/** Makes the passkey, and asks it once for its secret; throws when the phone's cannot give one. */
export async function makePasskey(name: string): Promise<{ credential_id: ArrayBuffer; secret: ArrayBuffer }> {
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { name },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      extensions: { prf: { eval: { first: SALT } } } as AuthenticationExtensionsClientInputs,
    },
  })) as PublicKeyCredential;
  const { prf } = made.getClientExtensionResults() as Outputs;
  if (!prf?.enabled) throw new Error('the passkey gives no secret');
  return { credential_id: made.rawId, secret: await passkeySecret(made.rawId) };
}

export async function passkeySecret(credential_id: ArrayBuffer): Promise<ArrayBuffer> {
  const given = (await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: [{ type: 'public-key', id: credential_id }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: SALT } } } as AuthenticationExtensionsClientInputs,
    },
  })) as PublicKeyCredential;
  const first = (given.getClientExtensionResults() as Outputs).prf?.results?.first;
  if (!first) throw new Error('the passkey gives no secret');
  return first instanceof ArrayBuffer ? first : (first.buffer as ArrayBuffer);
}
