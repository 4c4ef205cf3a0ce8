// Lets this browser be known again after a reload: its training is then still its own. Nobody else reads it.

export default function ({ data }) {
  const { name, value, days } = data;
  if (document.cookie.split("; ").includes(`${name}=${value}`)) return;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${days * 86400}; SameSite=Lax${secure}`;
}
