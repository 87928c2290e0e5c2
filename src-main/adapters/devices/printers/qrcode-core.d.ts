/** The part of the package that makes symbols, typed as its entry is. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode';
}
