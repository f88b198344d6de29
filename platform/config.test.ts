import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDataFolder, readConfig } from './config.ts';
import { open, seal } from './crypto.ts';
import { loadSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('without settings it serves this machine alone on port 3000, from ./data', () => {
  const config = readConfig({});
  assert.deepEqual(
    { ...config, data_dir: '' },
    {
      port: 3000,
      host: '127.0.0.1',
      data_dir: '',
      database_url: undefined,
      demo: 'small',
      base_url: 'http://localhost:3000',
      smtp_url: undefined,
      sms_url: undefined,
      sms_token: undefined,
      mail_from: 'yingmen@localhost',
    },
  );
  assert.match(config.data_dir, /[\\/]data$/);
});

test('wrong settings are refused by name, without repeating what may hold a password', () => {
  const cases: [NodeJS.ProcessEnv, string, string][] = [
    [{ PORT: '70000' }, 'config_port', 'PORT'],
    [{ PORT: '3000x' }, 'config_port', 'PORT'],
    [{ PORT: '-1' }, 'config_port', 'PORT'],
    [{ DEMO: 'huge' }, 'config_demo', 'DEMO'],
    [{ DATABASE_URL: 'mysql://me:hidden@there/x' }, 'config_url', 'DATABASE_URL'],
    [{ BASE_URL: 'yingmen.example' }, 'config_url', 'BASE_URL'],
  ];
  for (const [env, code, field] of cases) {
    assert.throws(
      () => readConfig(env),
      (error: Error & { code?: string; where?: unknown }) => {
        assert.equal(error.code, code);
        assert.deepEqual(error.where, { field });
        assert.ok(error.message.includes(field) && !error.message.includes('hidden'));
        return true;
      },
    );
  }
});

test('a data folder that cannot be made is refused with its name', () => {
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => openDataFolder(join(folder, 'file', 'data')), {
    code: 'folder_not_writable',
    message: /file\/data/,
  });
});

test('secrets are made once, for their owner alone, and open later what they sealed', () => {
  const made = loadSecrets(folder);
  const path = join(folder, 'secrets.json');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const sealed = seal(made.keys, 'people/name/1', '王小明');
  const again = loadSecrets(folder);
  assert.equal(open(again.keys, 'people/name/1', sealed), '王小明');
  assert.deepEqual(again.session_key, made.session_key);
  assert.equal(again.log_key.asymmetricKeyType, 'ed25519');
  assert.equal(new Set(Object.values(again.database)).size, 3);
});

test('damaged secrets, and a database whose secrets are gone, are refused and nothing is overwritten', () => {
  const path = join(folder, 'secrets.json');
  writeFileSync(path, '{"version": 1}');
  assert.throws(() => loadSecrets(folder), { code: 'secrets_damaged' });
  assert.equal(readFileSync(path, 'utf8'), '{"version": 1}');
  rmSync(path);
  mkdirSync(join(folder, 'postgres'));
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  assert.throws(() => loadSecrets(folder), { code: 'secrets_missing' });
});
