/** The device process under Electron, by a double of `utilityProcess`. */
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createUtilityStarter } from '../../../src-main/hosts/electron/utility-process.ts';

class UtilityDouble extends EventEmitter {
  pid: number | undefined = 4711;
  readonly posted: unknown[] = [];
  readonly stderr = new EventEmitter();
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

function started() {
  const child = new UtilityDouble();
  const forks: unknown[][] = [];
  const killed: number[] = [];
  const fork = (...args: unknown[]): Electron.UtilityProcess => {
    forks.push(args);
    return child as unknown as Electron.UtilityProcess;
  };
  const start = createUtilityStarter(
    { utilityProcess: { fork }, killProcess: (pid) => void killed.push(pid) },
    '/app/dist/devices/device-process.js',
  );
  return { child, forks, killed, process: start() };
}

test('the device process is forked from its own bundle, without the till’s standard input and output', () => {
  const { forks } = started();
  expect(forks).toEqual([
    [
      '/app/dist/devices/device-process.js',
      [],
      { serviceName: 'Ventanilla devices', stdio: ['ignore', 'ignore', 'pipe'] },
    ],
  ]);
});

test('messages go both ways, and none is posted to a process that has ended', () => {
  const { child, process } = started();
  const heard: unknown[] = [];
  process.onMessage((message) => heard.push(message));
  process.post({ kind: 'ping' });
  child.emit('message', { kind: 'pong' });
  child.emit('exit', 0);
  process.post({ kind: 'ping' });
  expect(child.posted).toEqual([{ kind: 'ping' }]);
  expect(heard).toEqual([{ kind: 'pong' }]);
});

test('its end is told with its last words', () => {
  const { child, process } = started();
  const ends: string[] = [];
  process.onExit((why) => ends.push(why));
  child.stderr.emit('data', Buffer.from('Error: the driver broke\n'));
  child.emit('exit', 134);
  expect(ends).toEqual(['code 134: Error: the driver broke']);
});

test('a process that hangs is ended by the system, once, and not after its end', () => {
  const { child, process, killed } = started();
  process.kill();
  child.emit('exit', 9);
  process.kill();
  expect(killed).toEqual([4711]);
});
