// How far a bulk change is; when it has ended the page shows its report.

const box = document.querySelector("[data-progress]");

async function ask() {
  const answer = await fetch(box.dataset.progress).catch(() => null);
  if (answer?.ok) {
    const told = await answer.json();
    if (!told.moving) { location.reload(); return; }
    box.querySelector("progress").value = told.done;
    box.querySelector("[data-done]").textContent = told.done;
  }
  setTimeout(ask, 2000);
}

if (box) setTimeout(ask, 1000);
