/** A note passing through a window. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="logo-frame" x="1" y="1" width="30" height="30" rx="8" />
      <path className="logo-window" d="M8 22v-7a8 8 0 0 1 16 0v7" />
      <path className="logo-note" d="M6 22h20" />
      <circle className="logo-coin" cx="16" cy="16" r="2.600" />
    </svg>
  );
}
