/** A sticker on a till and a phone in front of it. Not a code: nothing on it can be scanned. */
export function StickerArt() {
  return (
    <svg className="sticker-art" viewBox="0 0 200 200" aria-hidden="true">
      <path
        className="sticker-paper"
        d="M34 22h104a12 12 0 0 1 12 12v86l-36 36H34a12 12 0 0 1-12-12V34a12 12 0 0 1 12-12Z"
      />
      <path className="sticker-fold" d="M150 120h-24a12 12 0 0 0-12 12v24Z" />
      <path className="sticker-marks" d="M42 42h28v28H42zM102 42h28v28h-28zM42 102h28v28H42z" />
      <path className="sticker-dots" d="M86 42v28M42 86h28M86 86h44M86 102h12" />
      <rect className="sticker-phone" x="112" y="84" width="62" height="106" rx="13" />
      <path className="sticker-corners" d="M126 116v-8h8M160 116v-8h-8M126 146v8h8M160 146v8h-8M124 131h38" />
    </svg>
  );
}
