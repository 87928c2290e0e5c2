/** Lines of this very process. */
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import { linesSuite } from './lines-suite.ts';

linesSuite('in this process', () =>
  createLocalLines({ times: { retryFirstMs: 50, retryLongestMs: 400, lingerMs: 300, settleMs: 30 } }),
);
