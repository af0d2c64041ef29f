/** The mail box's looks: the desk's warm neutrals, light and dark, no scripts, nothing loaded. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f7, #191816);
  --card: light-dark(#ffffff, #211f1d);
  --line: light-dark(#e5e1db, #37332f);
  --ink: light-dark(#26231f, #edeae5);
  --soft: light-dark(#6a645c, #a9a29a);
  --accent: light-dark(#1f6f5c, #7fd1b9);
  --warn: light-dark(#9a4a12, #f0b27a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 "Schibsted Grotesk", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.page { max-width: 60rem; margin: 0 auto; padding: 1.25rem clamp(0.75rem, 3vw, 2rem) 4rem; }
a { color: inherit; }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; margin-bottom: 1rem; }
header strong { font-size: 1.1rem; }
header strong a { text-decoration: none; }
.soft { color: var(--soft); }
nav { display: flex; gap: 1.25rem; border-bottom: 1px solid var(--line); }
nav a { padding: 0.5rem 0; text-decoration: none; color: var(--soft); border-bottom: 2px solid transparent; margin-bottom: -1px; }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
form { display: flex; gap: 0.5rem; margin: 1rem 0; }
input, button { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 0.45rem 0.75rem; min-height: 2.75rem; }
input { flex: 1; min-width: 0; }
button { cursor: pointer; }
form.inline { display: inline-flex; margin: 0; }
form.inline button { min-height: 1.75rem; padding: 0 0.5rem; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr auto; gap: 0 1rem; padding: 0.7rem 1rem; text-decoration: none; }
.mails a:hover { background: color-mix(in srgb, var(--accent) 8%, transparent); }
.mails span { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails b { font-weight: 600; }
.empty { border: 1px dashed var(--line); border-radius: 12px; padding: 2.5rem 1rem; text-align: center; color: var(--soft); }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 0.75rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1rem; margin: 0 0 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 60vh; min-height: 16rem; resize: vertical; border: 1px solid var(--line); border-radius: 12px; background: #fff; color-scheme: light; }
.preview label { display: inline-flex; align-items: center; gap: 0.4rem; margin: 0 1.25rem 0.5rem 0; min-height: 2rem; cursor: pointer; }
.preview input { min-height: 0; }
.preview:has(.narrow:checked) iframe { width: 360px; max-width: 100%; }
.preview:has(.dark:checked) iframe { color-scheme: dark; background: #121212; }
form.tell { flex-wrap: wrap; align-items: center; }
form.tell button { min-height: 2.25rem; padding: 0 0.75rem; }
details { border: 1px solid var(--line); border-radius: 12px; background: var(--card); margin-top: 0.75rem; }
summary { cursor: pointer; padding: 0.65rem 1rem; font-weight: 600; }
pre { margin: 0; padding: 0 1rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.55 "JetBrains Mono Variable", ui-monospace, monospace; }
details.more { display: inline-block; border: 0; background: none; margin: 0; vertical-align: top; }
details.more summary { padding: 0; color: var(--soft); font-weight: 400; }
.warn { color: var(--warn); }
@media (max-width: 34rem) {
  .mails a { grid-template-columns: minmax(0, 1fr) auto; }
  .mails a span:nth-child(2) { grid-column: 1 / -1; grid-row: 2; }
}
`;
