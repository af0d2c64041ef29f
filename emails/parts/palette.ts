/** Colours of a letter. Mail programs know no CSS variables, so light is written inline and dark by class. */
export const light = {
  desk: "#f5f3ee",
  paper: "#ffffff",
  ink: "#1f1d1a",
  quiet: "#66615a",
  line: "#e4e0d8",
  accent: "#1d5c4d",
  onAccent: "#ffffff",
} as const;

/** Programs that honour the reader's dark mode get these; the others invert by themselves or stay light. */
export const darkRules = `
  @media (prefers-color-scheme: dark) {
    .desk, .desk > table > tbody > tr > td { background-color: #171614 !important; }
    .paper { background-color: #211f1c !important; border-color: #37342f !important; }
    .ink { color: #ece8e1 !important; }
    .quiet { color: #a8a299 !important; }
    .rule { border-color: #37342f !important; }
    .link { color: #7cc9b2 !important; }
    .button { background-color: #7cc9b2 !important; color: #10211c !important; }
  }
  @media (max-width: 480px) { .paper > tbody > tr > td { padding: 24px 20px !important; } }
`;

export const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
