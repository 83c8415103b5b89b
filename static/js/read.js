// Tells that a story was read: once it has been in a tab that is shown for a moment. No cookie, nothing of the reader.

const READ_AFTER = 3000; // ms
const story = document.querySelector("[data-read]");
let timer;

function tell() {
  document.removeEventListener("visibilitychange", look);
  fetch("/_r/read", { method: "POST", body: story.dataset.read, keepalive: true }).catch(() => {});
}

/** A page that is fetched ahead or lies in another tab is hidden. */
function look() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(tell, READ_AFTER);
}

if (story) {
  document.addEventListener("visibilitychange", look);
  look();
}
