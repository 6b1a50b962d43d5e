// What every page starts. Each module listens on the document, so that what htmx brings in later
// works without being set up again.
import "./theme.js";
import "./toasts.js";
import "./submit.js";
import "./drafts.js";
import "./leaving.js";
import "./shortcuts.js";
import "./rows.js";
import "./grid.js";
import "./charts.js";
import "./lists.js";
import "./printing.js";
