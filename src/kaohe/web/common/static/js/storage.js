// localStorage that may be full, forbidden or absent: then nothing is kept, and nothing breaks.
export function keep(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}

export function kept(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

export function drop(key) {
  try { localStorage.removeItem(key); } catch { /* there was nothing to drop */ }
}

export function keptKeys(prefix) {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
}
