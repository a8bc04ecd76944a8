import { useEffect, useState, useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function watch(changed: () => void): () => void {
  prefersDark.addEventListener('change', changed);
  return () => prefersDark.removeEventListener('change', changed);
}

/** The chosen theme, kept in this browser, and whether it comes out dark. */
export function useTheme() {
  const system = useSyncExternalStore(watch, () => prefersDark.matches);
  const [theme, setTheme] = useState<Theme>(
    () => (localStorage.getItem('theme') as Theme | null) ?? 'system',
  );
  const dark = theme === 'system' ? system : theme === 'dark';
  useEffect(() => {
    localStorage.setItem('theme', theme);
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [theme, dark]);
  return { theme, dark, setTheme };
}
