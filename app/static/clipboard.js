// Puts text into the clipboard; tells whether it is there.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);

// Browsers give pages from a school's own server (plain http) no clipboard: there the old way still works.
export async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const field = element("textarea", { readonly: true, style: "position:fixed;opacity:0" });
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
