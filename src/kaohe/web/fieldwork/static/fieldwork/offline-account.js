// Runs before the drafts: those of the offline page belong to whoever last wrote on this phone.
(function () {
  var owner = null;
  try { owner = JSON.parse(localStorage.getItem("kaohe:queue-owner")); } catch (error) { /* nobody */ }
  if (!owner) return;
  var meta = document.createElement("meta");
  meta.name = "account";
  meta.content = owner.owner;
  document.head.append(meta);
})();
