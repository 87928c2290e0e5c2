/** A thread of its own for what reads a whole database: the loop that pays customers never waits for it. */
import { parentPort, workerData } from 'node:worker_threads';

import { carryOut } from './storage-jobs.ts';
import type { StorageJob } from './storage-jobs.ts';

const nothingMoved: [] = [];
parentPort?.postMessage(await carryOut(workerData as StorageJob), nothingMoved);
