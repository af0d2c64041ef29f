/** The desk's colours (app/globals.css) as a letter needs them: mail programs know no CSS variables and no oklch. Light is written inline, dark by class. */
export const light = {
  desk: "#f6f3ef",
  paper: "#ffffff",
  ink: "#26201b",
  quiet: "#686159",
  line: "#e1dcd5",
  accent: "#005e6a",
  onAccent: "#ffffff",
} as const;

/** Programs that honour the reader's dark mode get these; the others invert by themselves or stay light. */
export const darkRules = `
  @media (prefers-color-scheme: dark) {
    .desk, .desk > table > tbody > tr > td { background-color: #13110e !important; }
    .paper { background-color: #1b1815 !important; border-color: #33302b !important; }
    .ink { color: #eeebe5 !important; }
    .quiet { color: #a29e97 !important; }
    .rule { border-color: #33302b !important; }
    .quote { background-color: #13110e !important; }
    .score { color: #eeebe5 !important; border-color: #4a4640 !important; }
    .link { color: #7ccdd5 !important; }
    .button { background-color: #6ac1ca !important; color: #031a1e !important; }
  }
  @media (max-width: 480px) { .paper > tbody > tr > td { padding: 24px 20px !important; } }
`;

export const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
