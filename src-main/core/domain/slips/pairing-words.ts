/** The words of the slips that pair a printer: few and short, for they are read while its letters may still be wrong. */
import type { Locale } from '../locale.ts';

export type PairingWords = Readonly<{
  pagesTitle: string;
  pagesAsk: string;
  qrTitle: string;
  qrAsk: string;
  rulerAsk: string;
  cutAsk: string;
}>;

export const PAIRING_WORDS: Readonly<Record<Locale, PairingWords>> = {
  es: {
    pagesTitle: 'Letras',
    pagesAsk: 'Compare con la pantalla y toque ahí el número del texto correcto:',
    qrTitle: 'Código QR',
    qrAsk: 'Pruebe con su teléfono desde el primero y toque en la pantalla la letra que se lee.',
    rulerAsk: 'Toque en la pantalla el mayor número que cierra un renglón entero:',
    cutAsk: 'El papel se corta debajo de este renglón.',
  },
  pt: {
    pagesTitle: 'Letras',
    pagesAsk: 'Compare com a tela e toque nela o número do texto correto:',
    qrTitle: 'Código QR',
    qrAsk: 'Tente com o seu telefone desde o primeiro e toque na tela a letra que é lida.',
    rulerAsk: 'Toque na tela o maior número que fecha uma linha inteira:',
    cutAsk: 'O papel é cortado abaixo desta linha.',
  },
  en: {
    pagesTitle: 'Letters',
    pagesAsk: 'Compare with the screen and tap there the number of the correct text:',
    qrTitle: 'QR code',
    qrAsk: 'Try with your phone from the first, and tap on the screen the letter that it reads.',
    rulerAsk: 'Tap on the screen the highest number that ends a whole line:',
    cutAsk: 'The paper is cut below this line.',
  },
};
