/** A program for tests that kill it: the Chromium host without a screen, served over standard input and output. */
import { createChromiumHost } from '../../../src-main/hosts/chromium/chromium-host.ts';
import { quietLog } from './probe-page.ts';
import { serveHost } from './remote-host.ts';

const [assetsDirectory = '', profileDirectory = ''] = process.argv.slice(2);
const host = createChromiumHost({ assetsDirectory, profileDirectory, headless: true, log: quietLog });
await serveHost(host, process.stdin, process.stdout);
