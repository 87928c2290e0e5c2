/** Starts the device process under Node: for the Chromium host, the command line and tests. Electron has its own way (`hosts/electron`). */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeviceProcess } from './device-process.ts';

/** In the sources beside this file; in a package a bundle of its own. */
const MODULE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './device-process-main.ts' : '../devices/device-process.js',
    import.meta.url,
  ),
);
/** All that drivers need of the till's surroundings, which may hold secrets. */
const ENVIRONMENT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir'] as const;
const LAST_WORDS_LENGTH = 500;

/** `module`: another program that serves lines, for tests. */
export function forkDeviceProcess(module = MODULE): DeviceProcess {
  const env = Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]]));
  const child = fork(module, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env,
  });
  let lastWords = '';
  let isOver = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS_LENGTH);
  });
  return {
    pid: child.pid,
    post(message) {
      // Between its end and the news of it, a message has nowhere to go.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      const end = (how: string): void => {
        if (isOver) return;
        isOver = true;
        listener(lastWords === '' ? how : `${how}: ${lastWords.trim()}`);
      };
      child.once('error', (error) => end(error.message));
      // After its output has been read to the end.
      child.once('close', (code, signal) => end(signal ?? `code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
