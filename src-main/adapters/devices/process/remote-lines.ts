/**
 * Lines whose drivers run in the device process. A crash or a hang there is a fault of the lines: jobs on their way end in doubt, those that
 * wait end as not begun, the process comes back, and so do the lines. No native package is ever loaded here.
 */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Log } from '../../../core/application/ports/system.ts';
import type { FoundLine, LineAddress } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { DeviceLines, LineOptions } from '../transports/device-lines.ts';
import { createSharedLines } from '../transports/shared-lines.ts';
import type { StartDeviceProcess } from './device-process.ts';
import type { Findings, Order, Report } from './messages.ts';
import type { KeeperTimes, ProcessKeeper } from './process-keeper.ts';
import { KEEPER_TIMES, createProcessKeeper } from './process-keeper.ts';
import type { JobsAcross, RemoteLine } from './remote-line.ts';
import { createRemoteLine, outcomeOf } from './remote-line.ts';

export type RemoteLinesOptions = Readonly<{
  startProcess: StartDeviceProcess;
  log: Log;
  times?: Partial<KeeperTimes>;
}>;

type Finding = Result<readonly FoundLine[], DeviceFault>;
type Calls = Map<number, (finding: Finding) => void>;

const LIST_LIMIT_MS = 15_000;
const SEARCH_GRACE_MS = 5_000;

/** Starts the process at once. `close` ends it; until then it keeps the program alive. */
export function createRemoteLines({ startProcess, log, times = {} }: RemoteLinesOptions): DeviceLines {
  const lines = new Map<number, RemoteLine>();
  const jobs: JobsAcross = new Map();
  const calls: Calls = new Map();
  const number = createNumbers();

  const keeper = createProcessKeeper(startProcess, { ...KEEPER_TIMES, ...times }, log, {
    ready(session) {
      for (const line of lines.values()) line.introduce(session);
    },
    report: (report) => hear(report),
    ended(why) {
      const detail = `the device process ended: ${why}`;
      for (const line of lines.values()) line.processEnded({ code: 'io', sent: 'none', detail });
      for (const settle of jobs.values()) settle(err({ code: 'io', sent: 'unknown', detail }));
      for (const settle of calls.values()) settle(err({ code: 'io', sent: 'none', detail }));
    },
  });

  function hear(report: Report): void {
    switch (report.kind) {
      case 'written':
        jobs.get(report.job)?.(outcomeOf(report));
        break;
      case 'found':
        calls.get(report.call)?.(findingOf(report.findings));
        break;
      case 'data':
      case 'state':
      case 'line-closed':
        lines.get(report.line)?.hear(report);
        break;
      case 'ready':
      case 'pong':
        break;
    }
  }

  function open(address: LineAddress, options: LineOptions) {
    const line = number();
    const forget = (): void => void lines.delete(line);
    const remote = createRemoteLine(line, address, options, { keeper, jobs, nextJob: number, forget });
    lines.set(line, remote);
    // While one is being started, it is introduced with the others.
    keeper.now((session) => remote.introduce(session));
    return remote.transport;
  }

  const shared = createSharedLines(open);
  return {
    line: (address, options) => shared.line(address, options),
    ready() {
      const { promise, resolve } = Promise.withResolvers<void>();
      keeper.whenReady(() => resolve());
      return promise;
    },
    list: () => ask(keeper, calls, { kind: 'list', call: number() }, LIST_LIMIT_MS),
    searchNetwork: ({ scan, timeoutMs }) =>
      ask(keeper, calls, { kind: 'search', call: number(), scan, timeoutMs }, timeoutMs + SEARCH_GRACE_MS),
    async close() {
      await shared.close();
      await keeper.close();
    },
  };
}

async function ask(
  keeper: ProcessKeeper,
  calls: Calls,
  order: Extract<Order, { kind: 'list' | 'search' }>,
  limitMs: number,
): Promise<Finding> {
  const { promise, resolve } = Promise.withResolvers<Finding>();
  const refuse = (code: 'timeout' | 'io', detail: string): void => resolve(err({ code, sent: 'none', detail }));
  calls.set(order.call, resolve);
  const timer = setTimeout(() => refuse('timeout', `${order.kind} took over ${limitMs} ms`), limitMs);
  const endWait = keeper.whenReady((session) => {
    if (session === undefined) refuse('io', 'the device process is not running');
    else session.post(order);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    endWait();
    calls.delete(order.call);
  }
}

function findingOf(findings: Findings): Finding {
  return findings.ok ? ok(findings.lines) : err(findings.fault);
}

function createNumbers(): () => number {
  let last = 0;
  return () => (last += 1);
}
