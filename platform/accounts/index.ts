export { type Identity, identityOf, mayActFor } from './actor.store.ts';
export { askForCode, ensureLogin, loginWithCode, phoneFingerprint } from './codes.ts';
export {
  addPasskey,
  askForPasskey,
  beginPasskey,
  listPasskeys,
  loginWithPasskey,
  removePasskey,
} from './passkeys.ts';
export { hashPassword, loginWithPassword, setPassword } from './passwords.ts';
export { maskPhone, normalPhone } from './phone.ts';
export { beginSession, endSession, listSessions, sessionOf } from './sessions.ts';
export { waitAfter } from './throttle.ts';
