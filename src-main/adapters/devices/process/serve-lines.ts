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

type Job = { pieces: Uint8Array[]; readonly cancel: AbortController };

/** Throws for what is no order of ours: a till and its device process that do not understand each other must not go on. */
export function serveLines(port: TillPort, lines: DeviceLines, end: () => void): void {
  const open = new Map<number, ByteTransport>();
  const jobs = new Map<number, Job>();

  function jobOf(number: number): Job {
    const job = jobs.get(number) ?? { pieces: [], cancel: new AbortController() };
    jobs.set(number, job);
    return job;
  }

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
    const { pieces, cancel } = jobOf(number);
    const transport = lineOf(open, line);
    const written = await transport.write(pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes]), {
      label,
      timeoutMs,
      cancel: cancel.signal,
    });
    jobs.delete(number);
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
        return void jobOf(order.job).pieces.push(order.bytes);
      case 'write':
        return write(order);
      case 'cancel':
        return jobs.get(order.job)?.cancel.abort();
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
