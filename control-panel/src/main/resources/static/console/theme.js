/** Light or dark: as the system has it, until somebody presses the button. */
const KEY = 'livemr-theme';
const root = document.documentElement;

root.dataset.theme = localStorage.getItem(KEY) ?? '';

export function nextTheme() {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem(KEY, root.dataset.theme);
}
