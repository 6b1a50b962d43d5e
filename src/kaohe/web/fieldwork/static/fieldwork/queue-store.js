// What waits on this phone to be sent: in IndexedDB, each sheet with the mark of the account that wrote
// it. Files are kept as plain bytes, which every browser can store.
import { drop, keep, kept } from "../js/storage.js";

const NAME = "kaohe-queue";
const SHEETS = "sheets";
const OWNER = "kaohe:queue-owner";
const USED = "kaohe:queue-used";

// Whoever last opened the journal's form while logged in: { owner, name }, or null.
export function remembered() {
  try { return JSON.parse(kept(OWNER)); } catch { return null; }
}

export function remember(owner, name) {
  keep(OWNER, JSON.stringify({ owner, name }));
}

export function forget() {
  drop(OWNER);
}

// Whether anything was ever put aside on this phone; without it no page needs to look.
export function isUsed() {
  return kept(USED) !== null;
}

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHEETS, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function work(mode, act) {
  const base = await open();
  try {
    return await new Promise((done, fail) => {
      const step = base.transaction(SHEETS, mode);
      const request = act(step.objectStore(SHEETS));
      step.oncomplete = () => done(request.result);
      step.onerror = step.onabort = () => fail(step.error);
    });
  } finally {
    base.close();
  }
}

async function storable([name, value]) {
  if (!(value instanceof File)) return { name, value };
  return { name, file: value.name, type: value.type, bytes: await value.arrayBuffer() };
}

// Puts a form's content aside. Rejects when the phone has no room for it.
export async function putAside(id, owner, url, data) {
  const chosen = [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken"
    && !(value instanceof File && value.name === "" && value.size === 0));
  const fields = await Promise.all(chosen.map(storable));
  const sheet = { id, owner, url, fields, at: new Date().toISOString(), refused: "" };
  await work("readwrite", (sheets) => sheets.put(sheet));
  keep(USED, "yes");
}

export async function sheetsOf(owner) {
  const all = await work("readonly", (sheets) => sheets.getAll());
  return all.filter((sheet) => sheet.owner === owner).sort((one, other) => one.at.localeCompare(other.at));
}

export async function anySheets() {
  return (await work("readonly", (sheets) => sheets.count())) > 0;
}

export function remove(id) {
  return work("readwrite", (sheets) => sheets.delete(id));
}

export function refuse(sheet, why) {
  return work("readwrite", (sheets) => sheets.put({ ...sheet, refused: why }));
}

export function valueOf(sheet, name) {
  return sheet.fields.find((field) => field.name === name)?.value ?? "";
}

export function filesOf(sheet) {
  return sheet.fields.filter((field) => field.bytes).map((field) => new File([field.bytes], field.file, { type: field.type }));
}

// The form as it was: what is sent again has the same digest on the server.
export function formData(sheet) {
  const data = new FormData();
  for (const field of sheet.fields) {
    if (field.bytes) data.append(field.name, new File([field.bytes], field.file, { type: field.type }));
    else data.append(field.name, field.value);
  }
  return data;
}
