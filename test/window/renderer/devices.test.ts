/** Devices on the screen: looking, the guided test answered by taps, saving, live state, removal with a reason, the way to another till. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { DeviceToPair } from '../../../src-main/core/application/devices/device-desk.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { devicesView, printerView } from './support/device-views.ts';
import { createFakeTill } from './support/fake-till.ts';
import type { FakeTill } from './support/fake-till.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true });

async function toDevices(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preferencias' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Impresora y otros equipos' }).tap();
  await page.getByRole('heading', { name: 'Equipos de esta caja' }).waitFor();
}

async function toGuide(page: Page): Promise<void> {
  await toDevices(page);
  await button(page, 'Buscar equipos').press('Enter');
  await button(page, /EPSON TM-T20III/).press('Enter');
  await button(page, 'Probar ahora').press('Enter');
}

/** By key: two taps on one place in a blink are one double tap, and the second does nothing. */
async function answer(page: Page, question: string, word: string): Promise<void> {
  await page.getByRole('heading', { name: question }).waitFor();
  await page.locator('.device-answers').getByRole('button', { name: word, exact: true }).press('Enter');
}

function pairedIn(till: FakeTill): readonly DeviceToPair[] {
  return till.callsOf('devices.pair').map(({ request }) => (request as { device: DeviceToPair }).device);
}

test('found, tried, answered: what the technician saw is what is saved', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await toGuide(page);
  await answer(page, '¿Salió el papel de prueba?', 'Sí');
  await answer(page, '¿Hasta qué número llega la regla sin cortarse?', '42');
  await answer(page, '¿Qué renglón muestra bien «áéíóú ñÑ ¿¡ € çãõ»?', '16 CP1252');
  await answer(page, '¿Qué código lee el teléfono? Pruebe desde el primero.', 'El de puntos grandes');
  await answer(page, 'Abra la tapa de la impresora.', 'Ya está abierta');
  await answer(page, 'Cierre la tapa.', 'Ya está cerrada');
  await answer(page, '¿Salieron letras sueltas que no son de la prueba?', 'No');
  await answer(page, '¿Hay un cajón conectado a la impresora?', 'Sí');
  await answer(page, '¿Se abrió el cajón?', 'Sí');
  await answer(page, 'Cierre el cajón.', 'Ya está cerrado');
  await page.getByText('Todo probado').waitFor();
  await button(page, 'Guardar equipo').press('Enter');
  await page.getByText('EPSON TM-T20III vinculado.').waitFor();

  expect(pairedIn(till)).toEqual([
    {
      role: 'printer',
      name: 'EPSON TM-T20III',
      profileId: 'epson-tm-t20iii',
      line: { kind: 'devfile', path: '/dev/usb/lp0' },
      identity: { vendorId: 0x04b8, productId: 0x0e28, serialNumber: 'X7LM004711' },
      printer: {
        columns: 42,
        codePage: { number: 16, name: 'CP1252' },
        qr: 'raster-quad',
        status: 'dle',
        confirm: 'process-id',
        drawer: { pin: 0, openLevel: 'high' },
      },
    },
  ]);
  const tried = till.callsOf('devices.try').map(({ request }) => (request as { job: string }).job);
  expect(tried).toEqual([
    'test-slip',
    'status',
    'status',
    'proof-printed',
    'drawer-pulse',
    'drawer-level',
    'drawer-level',
  ]);
  await page.getByText('Conectado, desde las').waitFor();
  expect(till.complaints).toEqual([]);
});

test('a wrong answer is taken back, and asked again', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await toGuide(page);
  await answer(page, '¿Salió el papel de prueba?', 'No pasó nada');
  await page.getByText('Se envió, y no pasó nada').waitFor();
  await button(page, 'Pregunta anterior').press('Enter');
  await answer(page, '¿Salió el papel de prueba?', 'Sí');
  await page.getByRole('heading', { name: '¿Hasta qué número llega la regla sin cortarse?' }).waitFor();
  expect(till.callsOf('devices.try')).toHaveLength(1);
});

test('a device that cannot be reached says why and what to do, and nothing is saved', async () => {
  const till = createFakeTill();
  till.answer('devices.try', () => ({
    ok: true,
    value: { outcome: 'refused', problem: { step: 'open', code: 'busy', detail: '/dev/usb/lp0: EBUSY' } },
  }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await toGuide(page);
  await page.getByText('Otro programa lo usa').waitFor();
  await page.getByText('Cierre el otro programa.').waitFor();
  await page.getByText('open: /dev/usb/lp0: EBUSY').waitFor();
  expect(await button(page, 'Guardar equipo').count()).toBe(0);
  await button(page, 'Cambiar conexión o modelo').press('Enter');
  await page.getByRole('heading', { name: '¿Qué modelo es?' }).waitFor();
  expect(pairedIn(till)).toEqual([]);
});

test('a connection typed by hand keeps its speed and flow', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await toDevices(page);
  await page.locator('[data-role=display]').tap();
  await button(page, 'Escribir conexión').press('Enter');
  await page.getByLabel('Ruta').fill('/tmp/visor');
  await button(page, 'Seguir').press('Enter');
  await page.getByRole('radio', { name: '19200', exact: true }).tap();
  await page.getByRole('radio', { name: 'XON/XOFF' }).tap();
  await page.getByLabel(/^Nombre/).fill('Visor del mostrador');
  await button(page, 'Probar ahora').press('Enter');
  await answer(page, '¿Qué muestra el visor?', 'Las letras de prueba');
  await button(page, 'Guardar equipo').press('Enter');
  await page.getByText('Visor del mostrador vinculado.').waitFor();
  expect(pairedIn(till)).toMatchObject([
    {
      role: 'display',
      name: 'Visor del mostrador',
      line: { kind: 'serial', path: '/tmp/visor', baudRate: 19_200, flow: 'xon-xoff' },
    },
  ]);
});

test('the state lives: out of paper is on the screen without a tap, with what to do', async () => {
  const till = createFakeTill();
  till.devices = devicesView({ devices: [printerView()] });
  await using open = await workshop.open({ till });
  const { page } = open;
  await toDevices(page);
  await page.getByText('Papel', { exact: true }).waitFor();
  const out = { paper: 'out', online: 'no', fault: 'paper-out' } as const;
  await till.announce({
    kind: 'event',
    name: 'devices.changed',
    event: devicesView({ devices: [printerView({}, out)] }),
  });
  await page.getByText('Ponga un rollo nuevo.').waitFor();
  await expect.poll(() => page.locator('[data-role=printer] .device-state').innerText()).toBe('Sin papel');
});

test('a device is removed only with a reason', async () => {
  const till = createFakeTill();
  till.devices = devicesView({ devices: [printerView()] });
  await using open = await workshop.open({ till });
  const { page } = open;
  await toDevices(page);
  await button(page, 'Quitar').press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Está roto').tap();
  await dialog.getByRole('button', { name: 'Quitar' }).and(page.locator('[aria-disabled=false]')).tap();
  await button(page, 'Buscar equipos').waitFor();
  expect(till.callsOf('devices.forget').map(({ request }) => request)).toEqual([
    { deviceId: '01PRINTER', reason: 'Está roto' },
  ]);
});

test('the text of one till makes the same draft on another, under the role that it is of', async () => {
  const till = createFakeTill();
  till.devices = devicesView({ devices: [printerView()] });
  await using open = await workshop.open({ till });
  const { page } = open;
  await toDevices(page);
  await button(page, 'Llevar a otra caja').press('Enter');
  const file = await page.locator('.device-file').innerText();
  await page.getByRole('dialog').getByRole('button', { name: 'Listo' }).tap();

  await page.locator('[data-role=scanner]').tap();
  await button(page, 'De otra caja').press('Enter');
  await page.getByLabel('Texto del equipo').fill(file);
  await button(page, 'Seguir').press('Enter');
  await page.getByText('Ese texto es de otro equipo: Impresora y cajón.').waitFor();

  await page.locator('[data-role=printer]').tap();
  await button(page, 'Cambiar por otro').press('Enter');
  await button(page, 'De otra caja').press('Enter');
  await page.getByLabel('Texto del equipo').fill(file);
  await button(page, 'Seguir').press('Enter');
  await page.getByRole('radio', { name: '19200', exact: true, checked: true }).waitFor();
  expect(till.complaints).toEqual([]);
});

test('in practice nothing is paired, and the screen says why', async () => {
  const till = createFakeTill();
  till.devices = devicesView({ canPair: false, profiles: [] });
  await using open = await workshop.open({ till });
  await toDevices(open.page);
  await open.page.getByText('En la práctica los equipos son simulados').waitFor();
  expect(await open.page.getByRole('button', { name: 'Buscar equipos' }).count()).toBe(0);
});
