/** The device process as it is, with shorter waits. */
import { serveLines } from '../../../../src-main/adapters/devices/process/serve-lines.ts';
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import { QUICK_TIMES } from './quick-times.ts';

process.once('disconnect', () => process.exit(0));
serveLines(
  {
    post: (report) => void process.send?.(report),
    onMessage: (listener) => void process.on('message', listener),
  },
  createLocalLines({ times: QUICK_TIMES }),
  () => process.exit(0),
);
