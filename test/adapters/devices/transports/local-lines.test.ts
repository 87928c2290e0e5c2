/** Lines of this very process. */
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import { linesSuite } from './lines-suite.ts';
import { QUICK_TIMES } from './quick-times.ts';

linesSuite('in this process', () => createLocalLines({ times: QUICK_TIMES }));
