/** The QR text that the simulated network makes, against codes worked out by hand. */
import { expect, test } from 'vitest';
import { qrDataOf, withWrongChecksum } from '../../../src-main/simulators/networks/mercadopago-orders/emv-qr.ts';

const SHOP = { uuid: '0f3d2c1b-1111-4222-8333-944445555666', merchantName: 'CAJA DE PRUEBA' };
const HEAD = '00020101021243650016com.mercadolibre0201306360f3d2c1b-1111-4222-8333-944445555666';

test.each([
  [
    { numericCurrency: '484', amount: '500.00', alpha2: 'MX', city: 'PUEBLA' },
    '5204000053034845406500.005802MX5914CAJA DE PRUEBA6006PUEBLA62070503***6304C8EC',
  ],
  [
    { numericCurrency: '032', amount: null, alpha2: 'AR', city: 'ROSARIO' },
    '5204000053030325802AR5914CAJA DE PRUEBA6007ROSARIO62070503***63040BC0',
  ],
  [
    { numericCurrency: '858', amount: '1200', alpha2: 'UY', city: 'SALTO' },
    '520400005303858540412005802UY5914CAJA DE PRUEBA6005SALTO62070503***63043B1A',
  ],
])('%j becomes the code that was worked out by hand', (place, tail) => {
  expect(qrDataOf({ ...SHOP, ...place })).toBe(HEAD + tail);
});

test('a wrong checksum differs from the right one in its last digit only', () => {
  const right = qrDataOf({ ...SHOP, numericCurrency: '484', amount: '1.00', alpha2: 'MX', city: 'PUEBLA' });
  const wrong = withWrongChecksum(right);

  expect(wrong.slice(0, -1)).toBe(right.slice(0, -1));
  expect(wrong).not.toBe(right);
});
