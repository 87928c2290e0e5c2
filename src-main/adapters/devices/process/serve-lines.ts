/** The device process's side: carries out what the till orders on lines of its own, and reports. */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { FoundLine } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { DeviceLines } from '../transports/device-lines.ts';
import { readOrder } from './messages.ts';
import type { Order, Report } from './messages.ts';

/** The way to the till: `process` under Node, `process.parentPort` in Electron. */
export interface TillPort {
  post(report: Report): void;
  onMessage(listener: (message: unknown) => void): void;
}

type Job = { pieces: Uint8Array[]; readonly cancel: AbortController; isBegun: boolean };

/** Throws for what is no order of ours: a till and its device process that do not understand each other must not go on. */
export function serveLines(port: TillPort, lines: DeviceLines, end: () => void): void {
  const open = new Map<number, ByteTransport>();
  const jobs = createJobs();

  function openLine({ line, address, identity, stayConnected }: Extract<Order, { kind: 'line' }>): void {
    const transport = lines.line(address, { stayConnected, ...(identity && { identity }) });
    open.set(line, transport);
    transport.onData((bytes) => port.post({ kind: 'data', line, bytes: new Uint8Array(bytes) }));
    transport.onState?.((state) => port.post({ kind: 'state', line, state, canRead: transport.canRead }));
  }

  async function write({
    job: number,
    line,
    bytes,
    label,
    timeoutMs,
  }: Extract<Order, { kind: 'write' }>): Promise<void> {
    const { pieces, cancel } = jobs.begin(number);
    const transport = lineOf(open, line);
    const written = await transport.write(pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes]), {
      label,
      timeoutMs,
      cancel: cancel.signal,
    });
    jobs.end(number);
    const outcome = written.ok ? ({ ok: true } as const) : ({ ok: false, fault: written.error } as const);
    port.post({ kind: 'written', job: number, outcome });
  }

  async function closeLine(line: number): Promise<void> {
    const transport = lineOf(open, line);
    open.delete(line);
    await transport.close();
    port.post({ kind: 'line-closed', line });
  }

  async function carryOut(order: Order): Promise<void> {
    switch (order.kind) {
      case 'line':
        return openLine(order);
      case 'piece':
        return jobs.keep(order.job, order.bytes);
      case 'write':
        return write(order);
      case 'cancel':
        return jobs.cancel(order.job);
      case 'close-line':
        return closeLine(order.line);
      case 'list':
        return reportFindings(port, order.call, lines.list());
      case 'search':
        return reportFindings(port, order.call, lines.searchNetwork({ scan: order.scan, timeoutMs: order.timeoutMs }));
      case 'ping':
        return port.post({ kind: 'pong' });
      case 'end':
        await lines.close();
        return end();
    }
  }

  port.onMessage((message) => {
    const order = readOrder(message);
    if (order === undefined) throw new Error('a message that is no order');
    // What fails here is a bug: it ends the process, and the till starts another.
    void carryOut(order);
  });
  port.post({ kind: 'ready' });
}

/** Jobs that are coming in pieces, and those under way. */
function createJobs() {
  const jobs = new Map<number, Job>();
  function jobOf(number: number): Job {
    const job = jobs.get(number) ?? { pieces: [], cancel: new AbortController(), isBegun: false };
    jobs.set(number, job);
    return job;
  }
  return {
    keep: (number: number, piece: Uint8Array): void => void jobOf(number).pieces.push(piece),
    begin(number: number): Job {
      const job = jobOf(number);
      job.isBegun = true;
      return job;
    },
    cancel(number: number): void {
      const job = jobs.get(number);
      job?.cancel.abort();
      // Given up before its last piece came: there will be none.
      if (job?.isBegun === false) jobs.delete(number);
    },
    end: (number: number): void => void jobs.delete(number),
  };
}

function lineOf(open: ReadonlyMap<number, ByteTransport>, line: number): ByteTransport {
  const transport = open.get(line);
  if (transport === undefined) throw new Error(`no line ${line}`);
  return transport;
}

async function reportFindings(
  port: TillPort,
  call: number,
  finding: Promise<Result<readonly FoundLine[], DeviceFault>>,
): Promise<void> {
  const result = await finding;
  const findings = result.ok
    ? ({ ok: true, lines: result.value } as const)
    : ({ ok: false, fault: result.error } as const);
  port.post({ kind: 'found', call, findings });
}
