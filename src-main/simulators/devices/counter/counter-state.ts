/** The counter as plain values: what the page shows and the control plane tells. */
import type { Wire } from '../wires/wire.ts';
import type { Counter } from './counter.ts';

const LAST = 5;

export function stateOf(counter: Counter, version: number) {
  const { printer, drawer, display, scanner } = counter;
  return {
    version,
    printer: printer && {
      model: printer.model,
      name: `${printer.device.model.maker} ${printer.device.model.name}`,
      line: lineOf(printer.wire),
      isPowered: printer.device.isPowered,
      ...printer.device.condition,
      isCutterJammed: printer.device.isCutterJammed,
      isBusy: printer.device.isBusy,
      receivedBytes: printer.device.receivedByteCount(),
      waitingBytes: printer.device.waitingByteCount(),
      papers: printer.device.paperCount,
      unknown: lastOf(printer.device.unknown()),
      troubles: lastOf(printer.device.troubles()),
    },
    drawer: printer && {
      sensor: drawer.sensor,
      isOpen: drawer.device.isOpen,
      isLocked: drawer.device.isLocked,
      openings: drawer.device.openings,
    },
    display: display && {
      dialect: display.dialect,
      line: lineOf(display.wire),
      isPowered: display.device.isPowered,
      shows: 'lines' in display.device ? display.device.lines() : display.device.screen().shows,
      unknown: lastOf(display.device.unknown()),
    },
    scanner: scanner && { line: lineOf(scanner.wire), scans: scanner.device.scans().slice(-LAST) },
  };
}

function lineOf({ kind, address, isPlugged }: Wire) {
  return { kind, address, isPlugged };
}

/** The newest, each of them once. */
function lastOf(words: readonly string[]): readonly string[] {
  return [...new Set(words.toReversed().slice(0, 100))].slice(0, LAST);
}
