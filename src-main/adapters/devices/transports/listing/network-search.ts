/**
 * Printers on the shop's own network: those that announce themselves, and, where a technician asks for it, those that answer on port 9100.
 *
 * Office printers listen on 9100 too and print whatever comes. So nothing but the real-time question DLE EOT 1 is ever sent, three bytes
 * that a laser printer ignores, and only who answers it as a receipt printer does is listed. Star printers do not; they announce themselves.
 * Source  Epson ESC/POS reference, DLE EOT: bits 1 and 4 are one, 0 and 7 are zero. RFC 6763; Apple, Bonjour Printing, `_pdl-datastream`.
 */
import net from 'node:net';
import os from 'node:os';
import type { FoundLine } from '../../../../core/domain/devices/device.ts';
import { suggest } from './suggestions.ts';

export type NetworkParts = Readonly<{
  /** Hosts that a scan asks; by default all of the own networks of up to 256 addresses. */
  hosts?: () => readonly string[];
  port?: number;
  /** Where announcements are heard, as the package has it; by default on the machine's network. */
  mdns?: Readonly<{ multicast: boolean; bind: string; ip: string; port: number }>;
}>;

const PRINTER_PORT = 9_100;
const AT_ONCE = 32;
const CONNECT_MS = 300;
const ANSWER_MS = 300;
const QUESTION = Uint8Array.of(0x10, 0x04, 0x01);

/** Errors: none; what cannot be asked is not found. Ends after `timeoutMs` with what was found by then. */
export async function searchNetwork(
  { scan, timeoutMs }: Readonly<{ scan: boolean; timeoutMs: number }>,
  parts: NetworkParts = {},
): Promise<readonly FoundLine[]> {
  const end = AbortSignal.timeout(timeoutMs);
  const [announced, answering] = await Promise.all([
    announcedPrinters(end, parts.mdns),
    scan ? answeringHosts((parts.hosts ?? ownNetworkHosts)(), parts.port ?? PRINTER_PORT, end) : [],
  ]);
  const names = new Set(announced.map(({ line }) => keyOf(line)));
  return [...announced, ...answering.filter(({ line }) => !names.has(keyOf(line)))];
}

function keyOf(line: FoundLine['line']): string {
  return line.kind === 'tcp' ? `${line.host}:${line.port}` : '';
}

/** What is used of an announcement. */
type Announcement = Readonly<{ name: string; host: string; port: number; addresses?: string[]; txt?: unknown }>;

async function announcedPrinters(end: AbortSignal, mdns: NetworkParts['mdns']): Promise<readonly FoundLine[]> {
  const { Bonjour } = await import('bonjour-service');
  const found = new Map<string, FoundLine>();
  const over = new Promise<void>((resolve) => {
    end.addEventListener('abort', () => resolve());
  });
  // A machine without a network has nothing to find, and no reason to fall over.
  const bonjour = new Bonjour({ ...mdns }, () => undefined);
  try {
    const { server } = bonjour as unknown as Readonly<{ server: Readonly<{ mdns: NodeJS.EventEmitter }> }>;
    server.mdns.on('error', () => undefined);
    bonjour.find({ type: 'pdl-datastream' }, (service: Announcement) => {
      const line = announcedLine(service);
      found.set(keyOf(line.line), line);
    });
    await over;
    return [...found.values()];
  } finally {
    bonjour.destroy();
  }
}

function announcedLine({ name, host, port, addresses = [], txt }: Announcement): FoundLine {
  const address = addresses.find((one) => net.isIPv4(one)) ?? host;
  const model = modelIn(txt);
  const { suggested } = suggest(undefined, `${model ?? ''} ${name}`);
  const label = model === undefined || name.includes(model) ? name : `${name} (${model})`;
  return { line: { kind: 'tcp', host: address, port }, label, ...(suggested && { suggested }) };
}

/** Bonjour Printing: `ty` is maker and model for people. */
function modelIn(txt: unknown): string | undefined {
  if (typeof txt !== 'object' || txt === null || !('ty' in txt) || typeof txt.ty !== 'string') return undefined;
  return txt.ty;
}

async function answeringHosts(hosts: readonly string[], port: number, end: AbortSignal): Promise<readonly FoundLine[]> {
  const rest = [...hosts];
  const found: FoundLine[] = [];
  async function askOn(): Promise<void> {
    for (let host = rest.shift(); host !== undefined && !end.aborted; host = rest.shift()) {
      if (!(await answers(host, port))) continue;
      // An answer to DLE EOT is ESC/POS; how wide the paper is, nobody has said.
      const suggested = { role: 'printer', profileId: 'generic-80mm' } as const;
      found.push({ line: { kind: 'tcp', host, port }, label: `${host}:${port}`, suggested });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askOn));
  return found.sort((left, right) => left.label.localeCompare(right.label, 'en', { numeric: true }));
}

function answers(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = net.connect({ host, port });
  let timer = setTimeout(() => finish(false), CONNECT_MS);
  function finish(isPrinter: boolean): void {
    clearTimeout(timer);
    resolve(isPrinter);
    socket.end();
    // The other side has nothing left to read of ours.
    socket.destroySoon();
  }
  socket.on('error', () => finish(false));
  socket.on('close', () => finish(false));
  // The answer is one byte; whatever else a host has to say is none.
  socket.on('data', (bytes) => {
    const [answer = 0] = bytes;
    if (bytes.length === 1 && (answer & 0x93) === 0x12) finish(true);
  });
  socket.once('connect', () => {
    clearTimeout(timer);
    timer = setTimeout(() => finish(false), ANSWER_MS);
    socket.write(QUESTION);
  });
  return promise;
}

const LARGEST_PREFIX = 24;

/** The other 253 addresses of each own network that is a /24 or smaller; of a larger one, the /24 around this machine. */
export function ownNetworkHosts(interfaces = os.networkInterfaces()): readonly string[] {
  const hosts = new Set<string>();
  const own = new Set<string>();
  for (const address of Object.values(interfaces).flatMap((list) => list ?? [])) {
    if (address.family !== 'IPv4' || address.internal) continue;
    own.add(address.address);
    const prefix = Math.max(LARGEST_PREFIX, Number(address.cidr?.split('/')[1] ?? LARGEST_PREFIX));
    const [a = 0, b = 0, c = 0, d = 0] = address.address.split('.').map(Number);
    const size = 2 ** (32 - prefix);
    const first = d - (d % size);
    for (let last = first + 1; last < first + size - 1; last += 1) hosts.add(`${a}.${b}.${c}.${last}`);
  }
  return [...hosts].filter((host) => !own.has(host));
}
