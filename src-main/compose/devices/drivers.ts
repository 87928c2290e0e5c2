/**
 * All that a device at work needs: encoders, printers, displays, scanners, the workshop. A fifth of the whole program, and most commands of a
 * shell use no device: whoever needs it loads this file with `import()`, and a till with windows does so behind its start (`TillDevices.start`).
 */
export { createEscPosPrinter } from '../../adapters/devices/printers/escpos-printer.ts';
export { createFileTransport } from '../../adapters/devices/transports/file-transport.ts';
export { createDeviceWorkshop } from '../../adapters/devices/workshop/device-workshop.ts';
export { driveDevice, previewOn } from './drive-device.ts';
