// Suggestions for tags that are separated by commas: the list offers what would stand in the field.

const list = document.getElementById("media-tags");

if (list) {
  const names = [...list.options].map((option) => option.value);
  const offer = ({ target }) => {
    const before = target.value.split(",").slice(0, -1).map((name) => name.trim()).filter(Boolean);
    const left = names.filter((name) => !before.includes(name));
    list.replaceChildren(...left.map((name) => new Option("", [...before, name].join(", "))));
  };
  document.querySelectorAll("[data-tags]").forEach((field) => {
    field.addEventListener("input", offer);
    field.addEventListener("focus", offer);
  });
}
