/**
 * The command line `ventanilla`, built when its sources have changed since.
 *
 * Use   npm run -s till -- <command> [options]     see docs/cli.md
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPart, COMMAND_LINE_PARTS } from './build.ts';

for (const part of COMMAND_LINE_PARTS) await buildPart(part);
await import(pathToFileURL(path.join(import.meta.dirname, '../dist/cli/cli.js')).href);
