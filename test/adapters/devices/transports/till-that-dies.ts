/** A till that holds a serial port through its device process, says so, and waits to be killed. Use  till-that-dies.ts <port> */
import { forkDeviceProcess } from '../../../../src-main/adapters/devices/process/fork-process.ts';
import { createRemoteLines } from '../../../../src-main/adapters/devices/process/remote-lines.ts';

const [port = ''] = process.argv.slice(2);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const lines = createRemoteLines({
  startProcess() {
    const started = forkDeviceProcess();
    process.stdout.write(`${started.pid}\n`);
    return started;
  },
  log: quiet,
});
lines.line({ kind: 'serial', path: port, baudRate: 9_600, flow: 'none' }).onState?.(({ connected }) => {
  if (connected === 'yes') process.stdout.write('held\n');
});
