/**
 * The counter over loopback HTTP: a page for people, pictures for the page, and the same control plane as the simulated networks have.
 */
import { z } from 'zod';
import { ControlProblem, commandEndpoint, createControlPlane, queryEndpoint } from '../../networks/control-plane.ts';
import type { ControlEndpoint } from '../../networks/control-plane.ts';
import { textAnswer } from '../../networks/exchange.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../../networks/exchange.ts';
import { createSimulatorServer } from '../../networks/http-server.ts';
import type { SimulatorServer } from '../../networks/http-server.ts';
import { recordingText } from '../wires/recorder.ts';
import type { Recorder } from '../wires/recorder.ts';
import type { Act } from './acts.ts';
import { stateOf } from './counter-state.ts';
import type { Counter } from './counter.ts';
import { localeOf } from './page-words.ts';
import { counterPage } from './page.ts';
import type { Pictures } from './pictures.ts';

export type CounterServer = SimulatorServer;
export type CounterServerParts = Readonly<{ counter: Counter; acts: readonly Act[]; pictures: Pictures }>;

const TITLE = 'Virtual devices';

/** Resolves when it listens; rejects when the port cannot be had. */
export function createCounterServer(
  parts: CounterServerParts,
  at: Readonly<{ host: string; port: number }>,
): Promise<CounterServer> {
  const control = createControlPlane(TITLE, endpoints(parts));
  return createSimulatorServer(
    {
      isUp: () => true,
      control: (request) => (isForeign(request) ? refusal() : control(request)),
      handle: (request) => ({
        delivery: 'whole',
        delayMs: 0,
        answer: isForeign(request) ? refusal() : visit(request, parts),
      }),
    },
    at,
  );
}

/** A page of somebody else in the same browser has no business here, whatever name it gives this machine. */
function isForeign({ headers }: SimulatedRequest): boolean {
  const { origin, host = '' } = headers;
  const isNamed = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  return !isNamed || (origin !== undefined && origin !== `http://${host}`);
}

function refusal(): SimulatedAnswer {
  return textAnswer(403, 'only for pages of this program\n', 'text/plain');
}

function visit(request: SimulatedRequest, { counter, pictures }: CounterServerParts): SimulatedAnswer {
  const { path, query, headers } = request;
  if (path === '/') {
    return textAnswer(200, counterPage(localeOf(query['lang'], headers['accept-language'])), 'text/html');
  }
  const [, folder, name = ''] = /^\/(pictures|recordings)\/([a-z0-9-]+)\.(?:png|txt)$/.exec(path) ?? [];
  const picture = folder === 'pictures' ? pictures.get(name) : undefined;
  if (picture) return pictureAnswer(picture);
  const recorder = folder === 'recordings' ? recorderOf(counter, name) : undefined;
  if (recorder) return textAnswer(200, recordingText(recorder.entries()), 'text/plain');
  return textAnswer(404, 'nothing here\n', 'text/plain');
}

function pictureAnswer(picture: Uint8Array): SimulatedAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'image/png', 'cache-control': 'no-store' },
    bodyText: Buffer.from(picture).toString('latin1'),
    bodyEncoding: 'latin1',
  };
}

function recorderOf(counter: Counter, device: string): Recorder | undefined {
  const recorders = new Map([
    ['printer', counter.printer?.wire.recorder],
    ['display', counter.display?.wire.recorder],
    ['scanner', counter.scanner?.wire.recorder],
  ]);
  return recorders.get(device);
}

function endpoints({ counter, acts, pictures }: CounterServerParts): readonly ControlEndpoint[] {
  return [
    queryEndpoint({
      name: 'state',
      summary: 'everything on the counter, as it is now',
      run: () => ({
        ...stateOf(counter, pictures.version()),
        pictures: { papers: pictures.papers(), hasStrip: pictures.get('strip') !== undefined },
      }),
    }),
    queryEndpoint({
      name: 'recording',
      summary: 'every byte that the till sent over a cable, in hex: ?device=printer, display or scanner',
      run: ({ device = 'printer' }) => {
        const recorder = recorderOf(counter, device);
        if (!recorder) return new ControlProblem(404, `no such device: ${device}`);
        return { hex: Buffer.from(recorder.bytes('till')).toString('hex') };
      },
    }),
    ...acts.map(endpointOf),
  ];
}

function endpointOf({ words, summary, takes, run }: Act): ControlEndpoint {
  const name = words.replaceAll(' ', '-');
  if (takes === 'text') {
    return commandEndpoint({
      name,
      summary,
      example: { text: 'V7K2-0001' },
      body: z.strictObject({ text: z.string().min(1).max(4_096) }),
      run: ({ text }) => void run(text),
    });
  }
  return commandEndpoint({ name, summary, body: z.strictObject({}), run: () => start(run) });
}

/** A cable takes a moment to be pulled; the state tells when it is out. */
function start(run: Act['run']): void {
  const done = run('');
  done?.catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}
