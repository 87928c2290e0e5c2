/** What every window host must do, whichever browser it shows the page in. */
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventFrame } from '../../../src-main/core/contract/contract.ts';
import type { HostedWindow, WindowHost, WindowSpec } from '../../../src-main/hosts/window-host.ts';
import { descendantsOf, isRunning, listeningPortsOf, renderersBelow, until } from './process-tree.ts';

export type Leg = Readonly<{
  name: string;
  /** Before the host: what the leg needs in the machine and is no part of the host. */
  prepare?: () => Promise<void>;
  createHost: () => Promise<WindowHost>;
  /** After all windows and the host are closed: what the leg itself started. */
  cleanUp?: () => Promise<void>;
}>;

export const SPEC: WindowSpec = {
  role: 'cashier',
  title: 'Ventanilla',
  displayIndex: 0,
  kiosk: false,
  widthPx: 1024,
  heightPx: 768,
};

/** The living processes of the host. */
type Processes = () => readonly number[];

export type ProbeName =
  | 'facts'
  | 'scripts'
  | 'network'
  | 'frames'
  | 'popups'
  | 'navigation'
  | 'permissions'
  | 'garbage'
  | 'reload'
  | 'leave'
  | 'place';

let lastNumber = 0;

export function probeFrame(name: ProbeName): EventFrame & { name: 'till.changed' } {
  lastNumber += 1;
  return { kind: 'event', name: 'till.changed', event: { seq: lastNumber, payoutIds: [], cashOutIds: [name] } };
}

/** Has the page try something and tell the result; other frames that come meanwhile are put in `others`. */
export async function probe(window: HostedWindow, name: ProbeName, others: unknown[] = []): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const frame = probeFrame(name);
  const stop = window.connection.onFrame((answer) => {
    if (isAnswer(answer, frame.event.seq)) resolve(answer.request.result);
    else others.push(answer);
  });
  window.connection.send(frame);
  try {
    return await promise;
  } finally {
    stop();
  }
}

function isAnswer(frame: unknown, id: number): frame is { request: { result: unknown } } {
  return typeof frame === 'object' && frame !== null && 'id' in frame && frame.id === id && 'request' in frame;
}

export function describeHost(leg: Leg): void {
  describe(`the host ${leg.name}`, () => {
    let host: WindowHost;
    let window: HostedWindow;
    let strangers: readonly number[] = [];
    const processes: Processes = () => descendantsOf(process.pid).filter((pid) => !strangers.includes(pid));
    beforeAll(async () => {
      await leg.prepare?.();
      strangers = descendantsOf(process.pid);
      host = await leg.createHost();
      window = await host.open(SPEC);
    });
    afterAll(async () => {
      await host.close();
      await leg.cleanUp?.();
    });

    test('no process of the host listens on a port', () => {
      const pids = processes();
      expect(pids.length).toBeGreaterThan(2);
      expect(listeningPortsOf(pids)).toEqual([]);
    });

    describePage(() => window);
    describeDenials(() => window);
    describeEnds(() => host, processes);
  });
}

function describePage(current: () => HostedWindow): void {
  test('the frames that a page sends before the till listens, its hello first, are kept for the first listener', () => {
    const heard: unknown[] = [];
    current().connection.onFrame((frame) => heard.push(frame))();
    expect(heard).toEqual([{ kind: 'hello', role: 'cashier' }]);
  });

  test('the page finds its role and size, its own files, and nothing of the machine', async () => {
    expect(await probe(current(), 'facts')).toMatchObject({
      role: 'cashier',
      size: [SPEC.widthPx, SPEC.heightPx],
      color: 'rgb(10, 120, 90)',
      isSecureContext: true,
      strangers: [],
      isPortFixed: true,
    });
  });

  test('frames go down in the order in which they were sent', async () => {
    const frames = Array.from({ length: 50 }, () => probeFrame('facts'));
    const heard: number[] = [];
    const stop = current().connection.onFrame((frame) => heard.push((frame as { id: number }).id));
    for (const frame of frames) current().connection.send(frame);
    await until('fifty answers', () => heard.length === frames.length);
    stop();
    expect(heard).toEqual(frames.map(({ event }) => event.seq));
  });

  test('a text that looks like code or like the end of one arrives as it was', async () => {
    const odd = '");globalThis.hacked=1;//\u2028</script>\\" \u{1F4B5} __proto__';
    const echoed = Promise.withResolvers<unknown>();
    const stop = current().connection.onFrame((frame) => echoed.resolve(frame));
    current().connection.send({ kind: 'reply', id: 1, reply: { ok: true, value: { odd } } });
    const facts = probeFrame('facts');
    current().connection.send(facts);
    expect(await echoed.promise).toMatchObject({ id: facts.event.seq });
    stop();
  });

  test('a picture of the window is a PNG of the size that was asked for', async () => {
    const picture = PNG.sync.read(Buffer.from(await current().screenshot()));
    expect([picture.width, picture.height]).toEqual([SPEC.widthPx, SPEC.heightPx]);
    expect([...picture.data.subarray(-4)]).toEqual([10, 120, 90, 255]);
  });

  test('garbage from the page reaches the till as the unread thing it is, and the line stays up', async () => {
    const others: unknown[] = [];
    await probe(current(), 'garbage', others);
    expect(others).toContainEqual({ kind: 'hello', role: 'owner' });
    expect(others).toContain('text');
    expect(await probe(current(), 'facts')).toMatchObject({ role: 'cashier' });
  });
}

function describeDenials(current: () => HostedWindow): void {
  test('only the page’s own script files run: none inline, inserted, remote or made from text', async () => {
    const denied = { inline: false, inserted: false, remote: 'refused', evaluated: 'refused' };
    expect(await probe(current(), 'scripts')).toEqual(denied);
  });

  test('the page has no network: not to its own files, to a stranger, or to this machine', async () => {
    expect(await probe(current(), 'network')).toEqual({
      ownFile: 'refused: TypeError',
      stranger: 'refused: TypeError',
      loopback: 'refused: TypeError',
      image: 'refused: EncodingError',
      socket: 'refused',
    });
  });

  test('a frame inside the page has no line to the till', async () => {
    expect(await probe(current(), 'frames')).toEqual({ reachable: false });
  });

  test('a popup does not stay', async () => {
    expect(await probe(current(), 'popups')).toEqual({ stillOpen: false });
  });

  test('the page stays where it is, whatever address it tries', async () => {
    const { address } = (await probe(current(), 'facts')) as { address: string };
    expect(await probe(current(), 'navigation')).toEqual({ address });
  });

  test('every permission is denied without asking anybody', async () => {
    expect(await probe(current(), 'permissions')).toMatchObject({
      asked: { geolocation: 'denied', camera: 'denied', microphone: 'denied', notifications: 'denied' },
      location: expect.stringContaining('refused') as string,
      notification: 'denied',
    });
  });

  test('a page that loads itself again says hello again on the same line', async () => {
    const heard: unknown[] = [];
    const stop = current().connection.onFrame((frame) => heard.push(frame));
    current().connection.send(probeFrame('reload'));
    await until('second hello', () => heard.some((frame) => (frame as { kind: string }).kind === 'hello'));
    stop();
    expect(await probe(current(), 'facts')).toMatchObject({ role: 'cashier' });
  });
}

function describeEnds(current: () => WindowHost, processes: Processes): void {
  test('a second window has its own role and line, and closing it leaves the first alone', async () => {
    const before = processes();
    const customer = await current().open({ ...SPEC, role: 'customer', widthPx: 800, heightPx: 600 });
    expect(await probe(customer, 'facts')).toMatchObject({ role: 'customer', size: [800, 600] });
    await customer.close();
    expect(await customer.closed).toBe('asked');
    await until('its processes are gone', () => processes().length <= before.length);
  });

  test('a window whose page crashed says so, and opens again', async () => {
    const others = renderersBelow(process.pid);
    const first = await current().open({ ...SPEC, role: 'customer' });
    for (const pid of renderersBelow(process.pid)) if (!others.includes(pid)) process.kill(pid, 'SIGKILL');
    expect(await first.closed).toBe('crashed');

    const second = await current().open({ ...SPEC, role: 'customer' });
    expect(await probe(second, 'facts')).toMatchObject({ role: 'customer' });
    await second.close();
  });

  test('sending to a window that is gone harms nobody', async () => {
    const window = await current().open({ ...SPEC, role: 'customer' });
    await window.close();
    window.connection.send(probeFrame('facts'));
    expect(await window.closed).toBe('asked');
  });

  test('closing the host closes its windows and leaves no process behind', async () => {
    const before = processes();
    expect(before.length).toBeGreaterThan(0);
    await current().close();
    await until('all processes are gone', () => before.every((pid) => !isRunning(pid)));
    await expect(current().open(SPEC)).rejects.toThrow('closed');
  });
}
