/**
 * The banks and other receivers that this network knows, few of each country.
 *
 * Source  D24 bank list of each country (code, name) and OneKey authorized banks (with ISPB and licence); receivers that
 *         are no bank: cash pickup, wallets and PIX keys have bank codes of their own.
 */
import type { Country } from './countries.ts';

export type Bank = Readonly<{ code: string; name: string; ispb?: string; isLicensed?: boolean }>;

export const BANKS: Readonly<Record<Country, readonly Bank[]>> = {
  BR: [
    { code: '001', ispb: '00000000', name: 'BANCO DO BRASIL S.A.', isLicensed: true },
    { code: '033', ispb: '90400888', name: 'BANCO SANTANDER BRASIL S.A.', isLicensed: true },
    { code: '041', ispb: '92702067', name: 'BANRISUL', isLicensed: true },
    { code: '077', ispb: '00416968', name: 'BANCO INTER', isLicensed: true },
    { code: '104', ispb: '00360305', name: 'CAIXA ECONOMICA FEDERAL', isLicensed: true },
    { code: '237', ispb: '60746948', name: 'BRADESCO', isLicensed: true },
    { code: '260', ispb: '18236120', name: 'NU PAGAMENTOS', isLicensed: true },
    { code: '341', ispb: '60701190', name: 'ITAU UNIBANCO', isLicensed: true },
    { code: '999', ispb: '99999999', name: 'BANCO SEM LICENCA', isLicensed: false },
  ],
  PE: [
    { code: '002', name: 'BANCO DE CREDITO DEL PERU' },
    { code: '003', name: 'INTERBANK' },
    { code: '009', name: 'SCOTIABANK PERU' },
    { code: '011', name: 'BBVA PERU' },
    { code: '018', name: 'BANCO DE LA NACION' },
    { code: '038', name: 'BANBIF' },
  ],
  MX: [
    { code: '002', name: 'BANAMEX' },
    { code: '012', name: 'BBVA MEXICO' },
    { code: '014', name: 'SANTANDER' },
    { code: '021', name: 'HSBC' },
    { code: '072', name: 'BANORTE' },
  ],
  CL: [
    { code: '001', name: 'BANCO DE CHILE' },
    { code: '012', name: 'BANCO ESTADO' },
    { code: '016', name: 'BCI' },
    { code: '037', name: 'BANCO SANTANDER CHILE' },
  ],
  CO: [
    { code: '1001', name: 'BANCO DE BOGOTA' },
    { code: '1007', name: 'BANCOLOMBIA' },
    { code: '1051', name: 'DAVIVIENDA' },
    { code: '1507', name: 'NEQUI' },
    { code: '1551', name: 'DAVIPLATA' },
    { code: '10003', name: 'EFECTY' },
    { code: '10006', name: 'PUNTO RED' },
  ],
  EC: [
    { code: '10', name: 'BANCO PICHINCHA' },
    { code: '17', name: 'BANCO DE GUAYAQUIL' },
    { code: '30', name: 'BANCO DEL PACIFICO' },
    { code: '10007', name: 'PAYPHONE' },
  ],
  AR: [
    { code: '007', name: 'BANCO DE GALICIA' },
    { code: '011', name: 'BANCO DE LA NACION ARGENTINA' },
    { code: '072', name: 'BANCO SANTANDER ARGENTINA' },
    { code: '285', name: 'BANCO MACRO' },
  ],
};

/** By the network's code, or by ISPB where banks have one. */
export function findBank(country: Country, code: string): Bank | undefined {
  return BANKS[country].find((bank) => bank.code === code || (bank.ispb !== undefined && bank.ispb === code));
}
