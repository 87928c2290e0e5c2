/** One suite for each host that this machine can run. Electron joins wherever its binary is present. */
import { electronBinary } from '../../../scripts/machine.ts';
import { openVirtualScreen } from '../../../scripts/virtual-screen.ts';
import type { VirtualScreen } from '../../../scripts/virtual-screen.ts';
import { createChromiumHost } from '../../../src-main/hosts/chromium/chromium-host.ts';
import { electronLeg } from './electron-leg.ts';
import { describeHost } from './host-suite.ts';
import type { Leg } from './host-suite.ts';
import { layOutProbePage, quietLog } from './probe-page.ts';

function chromiumLeg(name: string, headless: boolean): Leg {
  const place = layOutProbePage();
  let screen: VirtualScreen | undefined;
  return {
    name,
    async prepare() {
      if (headless) return;
      screen = await openVirtualScreen({ widthPx: 1920, heightPx: 1080 });
      process.env['DISPLAY'] = screen.display;
    },
    createHost: () => Promise.resolve(createChromiumHost({ ...place, headless, log: quietLog })),
    async cleanUp() {
      await screen?.close();
      place.remove();
    },
  };
}

describeHost(chromiumLeg('Chromium without a screen', true));
describeHost(chromiumLeg('Chromium on a screen', false));
const electron = electronBinary();
if (electron !== undefined) describeHost(electronLeg(electron));
