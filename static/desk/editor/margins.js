// The bars of the desk lie over the text: the line that is written is kept clear of them.

const AIR = 8;

/** Returns how far from the edges of the window the cursor is kept; asked anew at every key, as the bars may wrap. */
export const margins = (box) => ({
  left: 0,
  right: 0,
  get top() {
    const tools = box.querySelector(".editor-tools");
    return (parseFloat(getComputedStyle(tools).top) || 0) + tools.offsetHeight + AIR;
  },
  get bottom() {
    const bar = box.classList.contains("whole") ? box.querySelector(".editor-count") : document.querySelector(".sheet-bar");
    return (bar?.offsetHeight ?? 0) + AIR;
  },
});
