import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readOutbox } from '#platform/messenger.ts';
import { emptyNeighbourhood, NOW } from '#tests/factories.ts';
import {
  askForCode,
  beginSession,
  endSession,
  loginWithCode,
  loginWithPassword,
  sessionOf,
  setPassword,
  waitAfter,
} from './index.ts';

let now = NOW;
let opened: Awaited<ReturnType<typeof emptyNeighbourhood>>;
before(async () => {
  opened = await emptyNeighbourhood(() => now);
});
after(() => opened.close());

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const ask = (phone: string) =>
  askForCode(opened.environment, { phone, address: '192.0.2.1' }, (code) => `code ${code}`);
const codeOf = async () => (await readOutbox(opened.data_dir, 1))[0]!.text.replace('code ', '');
const tryCode = (phone: string, code: string, address = '192.0.2.1') =>
  loginWithCode(opened.environment, { phone, code, address });
const tryPassword = (login: string, password: string, address = '192.0.2.9') =>
  loginWithPassword(opened.environment, { login, password, address });

describe('a phone code', () => {
  it('opens one login, once, even when it is sent twice at once', async () => {
    await ask('138 0000 0001');
    const code = await codeOf();
    const results = await Promise.allSettled([tryCode('+8613800000001', code), tryCode('13800000001', code)]);
    assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
    later(30);
  });

  it('is asked for at most once a minute and five times an hour', async () => {
    await ask('13800000002');
    await assert.rejects(ask('13800000002'), { code: 'code_sent_already' });
    for (let i = 0; i < 4; i++) {
      later(2);
      await ask('13800000002');
    }
    later(2);
    await assert.rejects(ask('13800000002'), { code: 'too_many_codes' });
  });

  it('is worth nothing after ten minutes, for another phone, or after five wrong tries', async () => {
    await ask('13800000003');
    const code = await codeOf();
    await assert.rejects(tryCode('13800000004', code), { code: 'code_wrong' });
    later(11);
    await assert.rejects(tryCode('13800000003', code), { code: 'code_wrong' });
    later(60);
    await ask('13800000005');
    const right = await codeOf();
    const wrong = right === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i++) await assert.rejects(tryCode('13800000005', wrong), { code: 'code_wrong' });
    later(2);
    await assert.rejects(tryCode('13800000005', right), { code: 'code_wrong' });
  });

  it('needs a phone number', () => assert.rejects(ask('12345'), { code: 'phone_invalid' }));
});

describe('a password', () => {
  let login_id = '';
  before(async () => {
    later(120);
    await ask('13800000006');
    login_id = await tryCode('13800000006', await codeOf());
    await setPassword(opened.environment, login_id, { password: '三号楼的红灯笼亮了' });
  });

  it('opens the login it was set for, and looks the same for unknown names', async () => {
    assert.equal(await tryPassword('13800000006', '三号楼的红灯笼亮了'), login_id);
    await assert.rejects(tryPassword('13800000006', 'something else'), { code: 'login_wrong' });
    await assert.rejects(tryPassword('13899999999', 'something else'), { code: 'login_wrong' });
    await assert.rejects(tryPassword('nobody', 'something else'), { code: 'login_wrong' });
  });

  it('is refused when it is short, common or repeated, and changed only by who knows it', async () => {
    const set = (password: string, old?: string) => setPassword(opened.environment, login_id, { password, old });
    await assert.rejects(set('short'), { code: 'password_short' });
    await assert.rejects(set('88888888'), { code: 'password_common' });
    await assert.rejects(set('a good long one', 'wrong'), { code: 'password_wrong' });
  });

  it('is tried ever more slowly, and locked after a hundred failures in a row', async () => {
    let refusals = 0;
    for (let i = 0; i < 7; i++) {
      const error = await tryPassword('slow', 'x'.repeat(9), `192.0.2.${i}`).catch((caught) => caught);
      if (error.code === 'too_many_tries') refusals++;
    }
    assert.equal(refusals, 2);
    for (let i = 0; i < 100; i++) {
      later(61);
      await tryPassword('slow', 'x'.repeat(9), `198.51.100.${i}`).catch(() => {});
    }
    later(24 * 60);
    await assert.rejects(tryPassword('slow', 'x'.repeat(9)), { code: 'login_locked' });
  });

  it('waits double after each failure, up to an hour', () => {
    assert.deepEqual([0, 4, 5, 6, 7, 20].map(waitAfter), [0, 0, 15_000, 30_000, 60_000, 3_600_000]);
  });
});

describe('a session', () => {
  it('is opened by its token alone, ends when it is ended, and after two weeks unused', async () => {
    later(24 * 60);
    await ask('13800000007');
    const login_id = await tryCode('13800000007', await codeOf());
    const [phone, desktop] = [
      await beginSession(opened.environment, login_id, 'code'),
      await beginSession(opened.environment, login_id, 'code'),
    ];
    assert.equal((await sessionOf(opened.environment, phone))?.login_id, login_id);
    assert.equal(await sessionOf(opened.environment, `${phone.slice(0, -1)}x`), undefined);
    const session = (await sessionOf(opened.environment, phone))!;
    await endSession(opened.environment, session, true);
    assert.equal(await sessionOf(opened.environment, desktop), undefined);
    later(13 * 24 * 60);
    assert.ok(await sessionOf(opened.environment, phone));
    later(15 * 24 * 60);
    assert.equal(await sessionOf(opened.environment, phone), undefined);
  });
});
