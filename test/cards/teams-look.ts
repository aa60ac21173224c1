/** The look of Teams, as far as the cards depend on it, as a host configuration of the renderer. */
export type Theme = 'light' | 'dark';

type Palette = {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly subtle: string;
  readonly emphasis: string;
  readonly accent: string;
  readonly attention: string;
  readonly warning: string;
  readonly good: string;
  readonly line: string;
};

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    emphasis: '#f5f5f5',
    accent: '#5b5fc7',
    attention: '#c4314b',
    warning: '#8f5a00',
    good: '#237b4b',
    line: '#d1d1d1',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    emphasis: '#3d3d3d',
    accent: '#9299f7',
    attention: '#f9526b',
    warning: '#f8d22a',
    good: '#92c353',
    line: '#525252',
  },
};

export function hostConfig(theme: Theme): Readonly<Record<string, unknown>> {
  const palette = palettes[theme];
  const colour = (name: keyof Palette) => ({ default: palette[name], subtle: palette.subtle });
  const foregroundColors = {
    default: colour('text'),
    accent: colour('accent'),
    attention: colour('attention'),
    warning: colour('warning'),
    good: colour('good'),
  };
  return {
    fontFamily: "'Segoe UI', 'Liberation Sans', sans-serif",
    fontTypes: {
      default: { fontFamily: "'Segoe UI', 'Liberation Sans', sans-serif" },
      monospace: { fontFamily: "Consolas, 'Liberation Mono', monospace" },
    },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.line },
    supportsInteractivity: true,
    actions: {
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      maxActions: 6,
      spacing: 'default',
    },
    inputs: { label: { inputSpacing: 'small', requiredInputs: { suffix: ' *', suffixColor: 'attention' } } },
    containerStyles: {
      default: { backgroundColor: palette.card, foregroundColors },
      emphasis: { backgroundColor: palette.emphasis, foregroundColors },
    },
  };
}

export function pageStyle(theme: Theme, width: number): string {
  const palette = palettes[theme];
  return `
    body { margin: 16px; background: ${palette.page}; color: ${palette.subtle}; font: 12px 'Liberation Sans'; }
    main { columns: ${width}px 3; column-gap: 16px; width: ${3 * width + 32}px; }
    figure { margin: 0 0 20px; break-inside: avoid; width: ${width}px; }
    .card { border: 1px solid ${palette.line}; border-radius: 6px; overflow: hidden; margin-top: 4px;
      overflow-wrap: break-word; word-break: break-word; }
    .ac-adaptiveCard { outline: none; overflow: hidden; }
    .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
    .ac-pushButton { border: 1px solid ${palette.line}; border-radius: 4px; background: ${palette.card};
      color: ${palette.text}; font: 600 14px 'Liberation Sans'; padding: 6px 12px; flex: 0 1 auto !important; }
    .ac-input { font: 14px 'Liberation Sans'; color: ${palette.text}; accent-color: ${palette.accent}; }
    .ac-textInput, .ac-multichoiceInput { width: 100%; box-sizing: border-box; padding: 6px 8px;
      border: 1px solid ${palette.line}; border-radius: 4px; background: ${palette.card}; }
    .ac-textInput.ac-multiline { height: 64px; }
    a { color: ${palette.accent}; text-decoration: none; }`;
}
