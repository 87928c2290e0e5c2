/**
 * A serial cable made of a pseudo-terminal: the till opens the link as it would open /dev/ttyUSB0, and the device sits behind it. Linux and
 * macOS, by `socat`. Pulling it out ends the terminal, and with it every open handle on it; socat also ends when this program does,
 * however it does, because its input is then closed.
 * Errors  rejects where socat is not installed, or the link cannot be made.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { lstatSync, rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Recorder } from './recorder.ts';
import { createRecorder } from './recorder.ts';
import type { Wire, WiredDevice } from './wire.ts';
import { createFlow } from './wire.ts';

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

export type PtyWireOptions = Readonly<{ device: WiredDevice; path: string; recorder?: Recorder }>;

const LINK_LOOK_MS = 5;
const LINK_TIMEOUT_MS = 5_000;
const END_TIMEOUT_MS = 1_000;

/** Resolves when the link is there. */
export async function createPtyWire({ device, path, recorder = createRecorder() }: PtyWireOptions): Promise<Wire> {
  let socat: Socat | undefined;
  let endTalk: (() => void) | undefined;

  async function plug(): Promise<void> {
    if (socat) return;
    const child = spawn('socat', ['-t', '0.1', `PTY,link=${path},raw,echo=0`, 'STDIO'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    socat = child;
    const ending = watch(child);
    child.once('close', () => {
      if (socat === child) socat = undefined;
    });
    endTalk = talk(child, device, recorder);
    await linkMade(path, ending);
  }

  async function unplug(): Promise<void> {
    const child = socat;
    socat = undefined;
    endTalk?.();
    if (!child) return;
    await endOf(child);
    removeLink(path);
  }

  await plug();
  return {
    kind: 'pty',
    address: path,
    recorder,
    get isPlugged() {
      return socat !== undefined;
    },
    plug,
    unplug,
    close: unplug,
  };
}

type Ending = Readonly<{ words: () => string | undefined }>;

/** Why it ended, in its own words; undefined while it runs. */
function watch(child: Socat): Ending {
  let said = '';
  let words: string | undefined;
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-500);
  });
  child.once('error', (error) => {
    words = error.message.includes('ENOENT') ? 'socat is not installed' : error.message;
  });
  child.once('close', () => {
    words ??= said.trim() || 'socat ended';
  });
  return { words: () => words };
}

function talk(child: Socat, device: WiredDevice, recorder: Recorder): () => void {
  const flow = createFlow(device, { pause: () => child.stdout.pause(), resume: () => child.stdout.resume() });
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    recorder.record('till', chunk);
    flow.deliver(chunk);
  });
  const stopReplies = device.onReply?.((bytes) => {
    recorder.record('device', bytes);
    child.stdin.write(bytes);
  });
  return () => {
    flow.stop();
    stopReplies?.();
  };
}

async function linkMade(path: string, ending: Ending): Promise<void> {
  const giveUpAtMs = performance.now() + LINK_TIMEOUT_MS;
  while (!isLink(path)) {
    const words = ending.words();
    if (words !== undefined) throw new Error(`${path}: ${words}`);
    if (performance.now() > giveUpAtMs) throw new Error(`${path}: socat made no terminal`);
    await new Promise((resolve) => {
      setTimeout(resolve, LINK_LOOK_MS);
    });
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** A link of ours that a killed socat left behind; never a file of somebody else. */
function removeLink(path: string): void {
  if (isLink(path)) rmSync(path, { force: true });
}

function endOf(child: Socat): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
