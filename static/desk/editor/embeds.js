// Which lines readers see as a video or a post: a paragraph that is only a link to one of the hosts we know.

export function embeds({ Extension, pm }, hosts) {
  const known = new WeakMap(); // nodes never change, so each paragraph is looked at once
  const isEmbed = (node) => {
    if (!known.has(node)) known.set(node, hosts.includes(hostOf(linkAlone(node))));
    return known.get(node);
  };
  const marked = (doc) => {
    const found = [];
    doc.forEach((node, at) => {
      if (node.type.name === "paragraph" && node.childCount === 1 && isEmbed(node)) found.push(pm.view.Decoration.node(at, at + node.nodeSize, { class: "embedded" }));
    });
    return pm.view.DecorationSet.create(doc, found);
  };
  const plugin = new pm.state.Plugin({
    state: { init: (config, { doc }) => marked(doc), apply: (change, before) => (change.docChanged ? marked(change.doc) : before) },
    props: { decorations: (state) => plugin.getState(state) },
  });
  return Extension.create({ name: "embeds", addProseMirrorPlugins: () => [plugin] });
}

const linkAlone = (node) => node.firstChild.marks.find((mark) => mark.type.name === "link")?.attrs.href;

export function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\.|^m\./, "");
  } catch {
    return "";
  }
}
