/** A phone and notes, drawn with the page's own colours; breathes slowly unless the machine asks for stillness. */
export function IdleArt() {
  return (
    <svg className="idle-art" viewBox="0 0 240 160" aria-hidden="true">
      <ellipse className="idle-shade" cx="120" cy="142" rx="92" ry="9" />
      <g className="idle-notes">
        <rect className="idle-note-back" x="96" y="58" width="104" height="58" rx="9" transform="rotate(8 148 87)" />
        <rect className="idle-note" x="88" y="62" width="104" height="58" rx="9" />
        <circle className="idle-note-mark" cx="140" cy="91" r="15" />
        <path className="idle-note-line" d="M104 78h10M166 104h10" />
      </g>
      <g className="idle-phone">
        <rect className="idle-phone-body" x="44" y="26" width="64" height="112" rx="13" />
        <rect className="idle-phone-screen" x="51" y="36" width="50" height="88" rx="5" />
        <path
          className="idle-phone-code"
          d="M61 52h12v12H61zM79 52h12v12H79zM61 70h12v12H61zM80 71h4v4h-4zM87 78h4v4h-4z"
        />
        <path className="idle-phone-check" d="m64 104 7 7 15-15" />
      </g>
    </svg>
  );
}
