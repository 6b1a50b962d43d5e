// The field for evidence: lists what was chosen with sizes, gathers the camera's pictures one after
// another, takes files out again. What is sent is the input's own list of files.

const MEGABYTE = 1024 * 1024;

function size(bytes) {
  return bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

function key(file) {
  return `${file.name}/${file.size}/${file.lastModified}`;
}

function set(input, files) {
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  input.files = list.files;
}

function begin(field) {
  if (field.dataset.begun) return;
  field.dataset.begun = "yes";
  const input = field.querySelector("input[type=file]:not([data-evidence-camera])");
  const camera = field.querySelector("[data-evidence-camera]");
  const list = field.querySelector("[data-evidence-chosen]");
  const fault = field.querySelector("[data-evidence-fault]");
  const most = Number(field.dataset.most);
  let chosen = [...input.files];

  function tooLarge(file) {
    const limit = file.type.startsWith("image/") ? field.dataset.largestImage : field.dataset.largestOther;
    return file.size > Number(limit) ? Number(limit) : 0;
  }

  function line(file) {
    const item = document.createElement("li");
    if (file.type.startsWith("image/")) {
      const image = document.createElement("img");
      image.alt = "";
      image.src = URL.createObjectURL(file);
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      image.addEventListener("error", () => image.remove(), { once: true });
      item.append(image);
    }
    const name = document.createElement("span");
    name.textContent = file.name;
    const note = document.createElement("small");
    note.textContent = size(file.size);
    note.classList.toggle("too-large", tooLarge(file) > 0);
    const out = document.createElement("button");
    out.type = "button";
    out.className = "btn btn-sm btn-ghost";
    out.textContent = "去掉";
    out.setAttribute("aria-label", `去掉 ${file.name}`);
    out.addEventListener("click", () => {
      chosen = chosen.filter((other) => other !== file);
      show();
      input.focus();
    });
    item.append(name, note, out);
    return item;
  }

  function faults() {
    const large = chosen.find((file) => tooLarge(file));
    if (chosen.length > most) return `最多 ${most} 个文件，现在有 ${chosen.length} 个；请去掉几个。`;
    if (large) return `“${large.name}”有 ${size(large.size)}，上限 ${size(tooLarge(large))}；请压缩后再选。`;
    return "";
  }

  function show() {
    set(input, chosen);
    list.replaceChildren(...chosen.map(line));
    list.hidden = chosen.length === 0;
    fault.textContent = faults();
    fault.hidden = fault.textContent === "";
  }

  function add(files) {
    const known = new Set(chosen.map(key));
    const fresh = [...files].filter((file) => !known.has(key(file)));
    chosen = input.multiple ? [...chosen, ...fresh] : fresh.slice(-1);
    show();
  }

  input.addEventListener("change", () => add(input.files));
  camera?.addEventListener("change", () => {
    add(camera.files);
    camera.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (chosen.length) show();
}

function beginAll(root) {
  for (const field of root.querySelectorAll("[data-evidence]")) begin(field);
}

beginAll(document);
document.addEventListener("htmx:load", (event) => beginAll(event.target));
