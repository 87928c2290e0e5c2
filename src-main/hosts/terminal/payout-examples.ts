/** One form for each way of paying out, to copy and fill in. People are invented; account numbers are the networks' documents' own examples, or invented. */
import type { BeneficiaryForm, PayoutMethodId } from '../../core/domain/payouts/country-forms.ts';

const BRAZILIAN = { firstName: 'João', lastName: 'Conceição', documentId: '52998224725' };
const COLOMBIAN = {
  firstName: 'Luz',
  lastName: 'Gómez',
  documentType: 'CC',
  documentId: '1234567890',
  phone: '+57 300 1234567',
  address: 'Calle 1 # 2-34',
};
const ECUADORIAN = { firstName: 'Inés', lastName: 'Vera', documentType: 'CC', documentId: '1712345678' };

export const PAYOUT_EXAMPLES: Readonly<Record<PayoutMethodId, BeneficiaryForm>> = {
  'pe-bank': {
    firstName: 'Ana',
    lastName: 'Rojas',
    documentType: 'DNI',
    documentId: '71594743',
    bankAccount: '00219300153895206813',
    accountType: 'S',
  },
  'br-bank': { ...BRAZILIAN, bankCode: '001', bankBranch: '1234-5', bankAccount: '12345-X', accountType: 'C' },
  'br-pix-phone': { ...BRAZILIAN, phone: '+5511987654321' },
  'br-pix-email': { ...BRAZILIAN, email: 'joao@example.com' },
  'br-pix-cpf': BRAZILIAN,
  'mx-bank': {
    firstName: 'Rosa',
    lastName: 'Marín',
    documentType: 'CURP',
    documentId: 'ROMA700101MDFSRN09',
    bankAccount: '021790064060296642',
  },
  'co-bank': { ...COLOMBIAN, bankCode: '007', bankAccount: '123456789', accountType: 'S' },
  'co-nequi': { ...COLOMBIAN, bankAccount: '3001234567', accountType: 'S' },
  'co-daviplata': { ...COLOMBIAN, bankAccount: '3001234567', accountType: 'S' },
  'co-efecty': COLOMBIAN,
  'co-punto-red': { ...COLOMBIAN, email: 'luz@example.com' },
  'cl-bank': {
    firstName: 'Iván',
    lastName: 'Soto',
    documentType: 'RUT',
    documentId: '12345678K',
    bankCode: '012',
    bankAccount: '123456',
    accountType: 'V',
  },
  'ar-bank': {
    firstName: 'Eva',
    lastName: 'Paz',
    documentType: 'DNI',
    documentId: '30123456',
    bankAccount: '2850590940090418135201',
  },
  'ec-bank': { ...ECUADORIAN, bankCode: '30', bankAccount: '2201234567', accountType: 'S' },
  'ec-payphone': { ...ECUADORIAN, bankAccount: '593991234567', accountType: 'S' },
};
