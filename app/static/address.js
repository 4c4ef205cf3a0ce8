// Keeps the address bar on what the page shows, without adding a step to the browser's history.

export default function ({ data }) {
  const { path, query } = data;
  const here = new URL(window.location.href);
  if (path !== here.pathname.replace(/\/$/, "").split("/").pop() && path !== "") return;
  const search = new URLSearchParams(query).toString();
  if (here.search.slice(1) === search) return;
  here.search = search;
  window.history.replaceState(window.history.state, "", here);
}
