import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { locateDataDirectory, prepareDataDirectory } from '../../../src-main/adapters/system/data-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('the folder is the one that was chosen, else the platform’s folder for local data', () => {
  const linux = { platform: 'linux', home: '/home/ana' } as const;
  expect(locateDataDirectory({ ...linux, environment: {} })).toBe('/home/ana/.local/share/ventanilla');
  expect(locateDataDirectory({ ...linux, environment: { XDG_DATA_HOME: '/data' } })).toBe('/data/ventanilla');
  expect(locateDataDirectory({ ...linux, environment: { XDG_DATA_HOME: 'data' } })).toBe(
    '/home/ana/.local/share/ventanilla',
  );
  expect(locateDataDirectory({ ...linux, environment: { VENTANILLA_DATA: '/srv/till' } })).toBe('/srv/till');
  expect(locateDataDirectory({ ...linux, environment: { VENTANILLA_DATA: 'till' } })).toBe(resolve('till'));
  expect(locateDataDirectory({ ...linux, environment: { VENTANILLA_DATA: '' } })).toBe(
    '/home/ana/.local/share/ventanilla',
  );

  const windows = { platform: 'win32', home: String.raw`C:\Users\Ana` } as const;
  expect(locateDataDirectory({ ...windows, environment: {} })).toBe(String.raw`C:\Users\Ana\AppData\Local\Ventanilla`);
  const LOCALAPPDATA = String.raw`D:\Local`;
  expect(locateDataDirectory({ ...windows, environment: { LOCALAPPDATA } })).toBe(String.raw`D:\Local\Ventanilla`);
  expect(locateDataDirectory({ platform: 'darwin', home: '/Users/ana', environment: {} })).toBe(
    '/Users/ana/Library/Application Support/Ventanilla',
  );
});

test('the layout is made once and closed to everybody else, also when the folder was open before', () => {
  const root = join(temporaryDirectory(), 'deep', 'till');
  mkdirSync(root, { recursive: true });
  chmodSync(root, 0o755);
  const directory = prepareDataDirectory(root);
  expect(prepareDataDirectory(root)).toEqual(directory);
  expect(directory).toMatchObject({
    root,
    tillDatabase: join(root, 'till.db'),
    trainingDatabase: join(root, 'training.db'),
  });
  for (const folder of [root, directory.backups, directory.logs, directory.spool]) {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
  expect(existsSync(directory.tillDatabase)).toBe(false);
});

test('a folder that cannot be made is a storage fault with the reason', () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  expect(() => prepareDataDirectory(join(file, 'till'))).toThrow(
    /storage.failed: the data folder .* cannot be used: ENOTDIR/,
  );
});
