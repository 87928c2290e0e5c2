/** The preload in the isolated world: what it hands to the page, and what it keeps from it. */
import { EventEmitter } from 'node:events';
import { beforeAll, expect, test, vi } from 'vitest';
import type { WindowPort } from '../../../src-main/core/contract/contract.ts';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  renderer: undefined as EventEmitter | undefined,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const send = (...message: unknown[]): void => void electron.sent.push(message);
  const ipcRenderer = Object.assign(new Emitter(), { send });
  electron.renderer = ipcRenderer;
  const exposeInMainWorld = (name: string, port: unknown): void => void electron.exposed.set(name, port);
  return { contextBridge: { exposeInMainWorld }, ipcRenderer };
});

beforeAll(async () => {
  process.argv.push('--ventanilla-role=customer');
  await import('../../../src-main/hosts/electron/preload.ts');
});

function thePort(): WindowPort {
  return electron.exposed.get('ventanilla') as WindowPort;
}

test('the page is handed one object with a role, a way to send and a way to hear, and nothing else', () => {
  expect([...electron.exposed.keys()]).toEqual(['ventanilla']);
  expect(Object.keys(thePort()).toSorted()).toEqual(['onFrame', 'role', 'send']);
  expect(thePort().role).toBe('customer');
});

test('what the page sends goes up the one channel', () => {
  thePort().send({ kind: 'hello', role: 'customer' });
  expect(electron.sent).toEqual([['ventanilla.frame', { kind: 'hello', role: 'customer' }]]);
});

test('the page hears the frame without the event that carried it, until it listens no more', () => {
  const heard: unknown[][] = [];
  const stop = thePort().onFrame((...arrived) => heard.push(arrived));
  electron.renderer?.emit('ventanilla.frame', { sender: 'all of ipcRenderer' }, { kind: 'reply' });
  stop();
  electron.renderer?.emit('ventanilla.frame', {}, { kind: 'reply' });
  expect(heard).toEqual([[{ kind: 'reply' }]]);
});
