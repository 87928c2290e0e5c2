import { useEffect } from 'react';
import type { Locale } from '../../src-main/core/domain/locale.ts';

/** The style sheets follow `data-theme`; `system` follows the machine. */
export function useTheme(theme: 'light' | 'dark' | 'system', language: Locale): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.lang = { es: 'es', pt: 'pt-BR', en: 'en' }[language];
  }, [theme, language]);
}
