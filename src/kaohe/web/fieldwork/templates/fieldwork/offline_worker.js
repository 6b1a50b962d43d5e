{% load offline %}// Keeps one page, which holds nothing of anybody, and the files it is made of. Every other page comes
// from the network only: what the server marks no-store is never put aside here.
const config = {{ config|as_script }};
const NAME = `kaohe-${config.version}`;
const FILES = new Set(config.files);

self.addEventListener("install", (event) => {
  const fresh = [config.page, ...config.files].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("kaohe-") && name !== NAME;
  const clean = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

async function kept(address) {
  const found = await (await caches.open(NAME)).match(address);
  return found ?? Response.error();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(config.page)));
  else if (FILES.has(url.pathname)) event.respondWith(fetch(request).catch(() => kept(url.pathname)));
});
